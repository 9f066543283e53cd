using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Partitions;
using NodaTime;

namespace OrleansBilling.Storage.Postgres.Due;

/// <summary>Due work over PostgreSQL: each group of partitions is a stretch of its own of the due index.</summary>
internal sealed class PostgresDueQueue(PostgresJournal journal) : IDueQueue
{
    public int GroupCount => PartitionLocks.GroupCount;

    public ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken) =>
        journal.ReadDueAsync([group], now, after, limit, cancellationToken);

    public ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken) => journal.ReadNextDueAsync(cancellationToken);
}
