using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>The list of subscriptions on SQLite.</summary>
internal sealed class SqliteSubscriptionList(SqliteReaders readers) : ISubscriptionList
{
    public async ValueTask<IReadOnlyList<PlacedSubscription>?> ListAsync(
        SubscriptionFilter filter, SubscriptionSort sort, SubscriptionMark? after, int limit, CancellationToken cancellationToken)
    {
        var sql = SubscriptionListSql.Of(filter, sort, after, limit);
        var rows = await readers.ReadAsync(
            sql.Text, [.. sql.Values.Select(value => value is Instant at ? at.ToUnixTimeMilliseconds() : value)], ReadRow,
            cancellationToken);
        return rows[0].Rebuilding ? null : [.. rows.Where(row => row.Placed is not null).Select(row => row.Placed!.Value)];
    }

    private static (bool Rebuilding, PlacedSubscription? Placed) ReadRow(SqliteDataReader reader) => (
        reader.GetBoolean(0),
        reader.IsDBNull(1)
            ? null
            : new PlacedSubscription(
                SqliteJournal.ReadStored(reader, 1),
                new SubscriptionMark(
                    reader.IsDBNull(4) ? null : Instant.FromUnixTimeMilliseconds(reader.GetInt64(4)), reader.GetString(1))));
}
