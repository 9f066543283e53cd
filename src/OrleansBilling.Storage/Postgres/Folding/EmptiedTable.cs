using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Folding;

/// <summary>A table that lives by being emptied, faster than autovacuum comes by; so whoever empties it cleans it too.</summary>
internal sealed class EmptiedTable(PooledCalls pool, string table)
{
    private const int RowsPerVacuum = 50_000;

    private int rowsLost;

    /// <summary>Takes note of rows that were deleted, and now and then cleans up after them.</summary>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">The database does not answer; the rows are gone
    /// all the same.</exception>
    public async Task NoteDeletedAsync(int rows, CancellationToken cancellationToken)
    {
        if (Interlocked.Add(ref rowsLost, rows) < RowsPerVacuum) return;
        Interlocked.Exchange(ref rowsLost, 0);
        await pool.WriteAsync($"vacuum {table}", [], cancellationToken);
    }
}
