using NodaTime;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Due;

/// <summary>Reads due work. Each group of partitions is its own range of the due index.</summary>
internal sealed class PostgresDueQueue(PooledCalls pool) : IDueQueue
{
    internal static readonly string DueSql =
        $"""
        select s.due_at, s.id, s.version, s.state from subscription as s
        where partition / {DueGroups.PartitionsEach} = $5 and due_at <= $1 and (due_at, id) > ($2, $3) and {PostgresQuarantine.IsFree}
        order by due_at, id limit $4
        """;

    private static readonly string NextDueSql =
        $"""
        select min(due.due_at)
        from generate_series(0, {DueGroups.Count - 1}) as wanted (id)
        cross join lateral (
          select s.due_at from subscription as s
          where partition / {DueGroups.PartitionsEach} = wanted.id and due_at is not null and {PostgresQuarantine.IsFree}
          order by due_at limit 1
        ) as due
        """;

    private static readonly DueCursor Beginning = new(Instant.FromUtc(1, 1, 1, 0, 0), "");

    public int GroupCount => DueGroups.Count;

    public async ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(
        int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(group);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(group, DueGroups.Count);
        BillingStorage.RequirePageSize(limit);
        var cursor = after ?? Beginning;
        return await pool.ReadAsync(
            DueSql, [At(now), At(cursor.DueAt), Text(cursor.SubscriptionId), Integer(limit), Integer(group)], ReadDue, cancellationToken);
    }

    public async ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            NextDueSql, [], static reader => reader.IsDBNull(0) ? (Instant?)null : ReadInstant(reader, 0), cancellationToken);
        return rows[0];
    }

    private static DueSubscription ReadDue(NpgsqlDataReader reader) => new(
        ReadInstant(reader, 0), new StoredSubscription(reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3)));
}
