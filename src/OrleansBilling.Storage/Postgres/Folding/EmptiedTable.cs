using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Folding;

/// <summary>A table that is emptied as fast as it fills, too fast for autovacuum. Whoever deletes its rows also vacuums it.</summary>
internal sealed class EmptiedTable(PooledCalls pool, string table)
{
    private const int RowsPerVacuum = 50_000;

    private int rowsLost;

    /// <summary>Counts deleted rows, and vacuums the table every 50,000 of them.</summary>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">
    /// The database does not answer. The rows stay deleted.
    /// </exception>
    public async Task NoteDeletedAsync(int rows, CancellationToken cancellationToken)
    {
        if (Interlocked.Add(ref rowsLost, rows) < RowsPerVacuum) return;
        Interlocked.Exchange(ref rowsLost, 0);
        await pool.WriteAsync($"vacuum {table}", [], cancellationToken);
    }
}
