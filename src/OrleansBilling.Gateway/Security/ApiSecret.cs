using System.Buffers.Text;
using OrleansBilling.Runtime.Clock;

namespace OrleansBilling.Gateway.Security;

/// <summary>Creates secrets: 256 unpredictable bits after a prefix by which a leaked secret is recognized.</summary>
internal static class ApiSecret
{
    public static string New(Dice dice, string role)
    {
        Span<byte> bytes = stackalloc byte[32];
        dice(bytes);
        return $"ob_{role}_{Base64Url.EncodeToString(bytes)}";
    }
}
