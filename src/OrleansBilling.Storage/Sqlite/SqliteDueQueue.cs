using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Runtime.Journal;
using static OrleansBilling.Storage.Sqlite.SqliteJournal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Reads due work. One process owns the file, so one group is enough.</summary>
internal sealed class SqliteDueQueue(SqliteReaders readers) : IDueQueue
{
    private const string DueSql =
        $"""
        select s.due_at, s.id, s.version, s.state from subscription as s
        where s.due_at <= $1 and (s.due_at, s.id) > ($2, $3) and {SqliteQuarantine.IsFree}
        order by s.due_at, s.id limit $4
        """;

    private const string NextDueSql =
        $"select s.due_at from subscription as s where s.due_at is not null and {SqliteQuarantine.IsFree} order by s.due_at limit 1";

    public int GroupCount => 1;

    public async ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(
        int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(group, 0);
        BillingStorage.RequirePageSize(limit);
        var afterDueAt = after?.DueAt.ToUnixTimeMilliseconds() ?? long.MinValue;
        object?[] values = [now.ToUnixTimeMilliseconds(), afterDueAt, after?.SubscriptionId ?? "", limit];
        return await readers.ReadAsync(DueSql, values, ReadDue, cancellationToken);
    }

    public async ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(NextDueSql, [], static reader => ReadInstant(reader, 0), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    private static DueSubscription ReadDue(SqliteDataReader reader) => new(ReadInstant(reader, 0), ReadStored(reader, 1));
}
