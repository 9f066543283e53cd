using System.Globalization;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>The subscriptions that commands go to. All ids have the same length, so that requests can be patched in place.</summary>
internal sealed class Subscriptions(int count)
{
    public const int IdLength = 13;

    public int Count => count;

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"load-{number:00000000}");

    /// <summary>Those of one caller: no two callers meet at one subscription, so that nobody waits for another's turn.</summary>
    public IEnumerable<int> Of(int caller, int callers)
    {
        for (var number = caller; number < count; number += callers) yield return number;
    }
}
