using System.Runtime.CompilerServices;

namespace OrleansBilling.Storage;

/// <summary>Refuses options outside their range, by name.</summary>
internal static class StorageLimit
{
    public static void Require(int value, int least, int most, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
