using OrleansBilling.Storage.Postgres.Connections;

namespace OrleansBilling.Storage.Postgres.Folding;

/// <summary>
/// A table that is emptied as fast as it fills, too fast for autovacuum. Whoever deletes its rows also vacuums it, if its role may.
/// Otherwise only autovacuum does.
/// </summary>
internal sealed class EmptiedTable(PooledCalls pool, string table)
{
    private const int RowsPerVacuum = 50_000;

    private int rowsLost;
    private bool? mayVacuum;

    /// <summary>Counts deleted rows, and vacuums the table every 50,000 of them.</summary>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">
    /// The database does not answer. The rows stay deleted.
    /// </exception>
    public async Task NoteDeletedAsync(int rows, CancellationToken cancellationToken)
    {
        if (Interlocked.Add(ref rowsLost, rows) < RowsPerVacuum) return;
        Interlocked.Exchange(ref rowsLost, 0);
        mayVacuum ??= (await pool.ReadAsync(
            $"select pg_has_role(relowner, 'usage') from pg_class where oid = '{table}'::regclass", [], row => row.GetBoolean(0),
            cancellationToken))[0];
        if (mayVacuum.Value) await pool.WriteAsync($"vacuum {table}", [], cancellationToken);
    }
}
