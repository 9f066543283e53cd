using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Due work over SQLite: one process has the file, so one group is enough.</summary>
internal sealed class SqliteDueQueue(SqliteJournal journal) : IDueQueue
{
    public int GroupCount => 1;

    public ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(group, 0);
        return journal.ReadDueAsync(now, after, limit, cancellationToken);
    }

    public ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken) => journal.ReadNextDueAsync(cancellationToken);
}
