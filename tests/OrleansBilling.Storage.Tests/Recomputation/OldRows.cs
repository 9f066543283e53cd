using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Storage.Tests.Recomputation;

/// <summary>The rows of a subscription in SQL, as older releases with different counter definitions wrote them.</summary>
internal static class OldRows
{
    public static IEnumerable<string> Postgres(StoredSubscription stored, DirectoryEntry entry, IEnumerable<StoredEvent> events)
    {
        var due = DueWork.Next(SubscriptionCodec.Decode(stored.State).State)?.At;
        yield return $"insert into subscription values ('{stored.SubscriptionId}', {stored.Version}, " +
            $"{(due is { } at ? Stamp(at) : "null")}, 0, '{StoredNames.Of(entry.Status)}', '{Text(stored.State)}')";
        yield return Directory(stored.SubscriptionId, entry);
        foreach (var e in events)
            yield return $"insert into event values ('{stored.SubscriptionId}', {e.Sequence}, {Stamp(e.At)}, '{e.Type}', '{Text(e.Data)}')";

        static string Stamp(Instant at) => $"'{InstantPattern.ExtendedIso.Format(at)}'";
    }

    public static IEnumerable<string> Sqlite(StoredSubscription stored, DirectoryEntry entry, IEnumerable<StoredEvent> events)
    {
        var due = DueWork.Next(SubscriptionCodec.Decode(stored.State).State)?.At;
        yield return $"insert into subscription values ('{stored.SubscriptionId}', {stored.Version}, " +
            $"{(due is { } at ? Stamp(at) : "null")}, '{StoredNames.Of(entry.Status)}', '{Text(stored.State)}')";
        yield return Directory(stored.SubscriptionId, entry);
        foreach (var e in events)
            yield return $"insert into event values ('{stored.SubscriptionId}', {e.Sequence}, {Stamp(e.At)}, '{e.Type}', '{Text(e.Data)}')";

        static string Stamp(Instant at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    }

    private static string Directory(string id, DirectoryEntry entry) =>
        $"insert into directory values ('{id}', '{entry.SellerId}', '{entry.ProductId}', " +
        $"'{entry.PlanId}', '{entry.OfferId}', '{entry.CustomerId}')";

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json).Replace("'", "''", StringComparison.Ordinal);
}
