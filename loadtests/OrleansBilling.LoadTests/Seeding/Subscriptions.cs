using System.Globalization;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>The subscriptions that receive commands. All ids have the same length, so that requests can be patched in place.</summary>
internal sealed class Subscriptions(int count)
{
    public const string Prefix = "load-";
    public const int IdLength = 13;

    public int Count => count;

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number:00000000}");

    /// <summary>The number that an id was made from.</summary>
    public static int NumberOf(string id) => int.Parse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The subscriptions of one caller. Callers share no subscription, so that none waits for another's turn.</summary>
    public IEnumerable<int> Of(int caller, int callers)
    {
        for (var number = caller; number < count; number += callers) yield return number;
    }
}
