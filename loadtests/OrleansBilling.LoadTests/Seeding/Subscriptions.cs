using System.Globalization;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>The subscriptions that commands go to. All ids have the same length, so that requests can be patched in place.</summary>
internal sealed class Subscriptions(int count)
{
    public const string Prefix = "load-";
    public const int IdLength = 13;

    public int Count => count;

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:00000000}");

    /// <summary>The number that an id was made from.</summary>
    public static int NumberOf(string id) => int.Parse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Those of one caller: no two callers meet at one subscription, so that nobody waits for another's turn.</summary>
    public IEnumerable<int> Of(int caller, int callers)
    {
        for (var number = caller; number < count; number += callers) yield return number;
    }
}
