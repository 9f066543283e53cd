using System.Runtime.CompilerServices;

namespace OrleansBilling.Storage;

/// <summary>Throws for options out of range, with the name of the option.</summary>
internal static class StorageLimit
{
    public static void Require(int value, int least, int most, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
