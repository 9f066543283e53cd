using System.Buffers.Text;

namespace OrleansBilling.Gateway.Security;

/// <summary>Makes secrets: 256 unpredictable bits behind a prefix that tells a leaked one for what it is.</summary>
internal static class ApiSecret
{
    public static string New(Dice dice, string role)
    {
        Span<byte> bytes = stackalloc byte[32];
        dice(bytes);
        return $"ob_{role}_{Base64Url.EncodeToString(bytes)}";
    }
}
