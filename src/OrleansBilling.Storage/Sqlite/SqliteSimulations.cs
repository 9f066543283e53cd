using System.Text;
using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Simulations. One process owns the file, so it both queues and runs them.</summary>
internal sealed class SqliteSimulations(SqliteWriter writer, SqliteReaders readers) : ISimulationStore
{
    public ValueTask<SubmissionOutcome> AddAsync(StoredSimulation asked, int waitingMax, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements =>
        {
            // Report a known id as known even when the queue is full.
            if (statements.Read(SimulationSql.Find, [asked.Id], static _ => true).Count == 1) return SubmissionOutcome.Known;
            var added = statements.Write(
                SimulationSql.Add, asked.Id, asked.Origin.Owner, unchecked((long)asked.Origin.Fingerprint),
                asked.AskedAt.ToUnixTimeMilliseconds(),
                Encoding.UTF8.GetString(asked.Question), waitingMax);
            return added == 1 ? SubmissionOutcome.Taken : SubmissionOutcome.Full;
        }));
    }

    public async ValueTask<StoredSimulation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(SimulationSql.Find, [id], ReadSimulation, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<StoredSimulation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return owner is null
            ? await readers.ReadAsync(SimulationSql.ListAll, [limit], ReadSimulation, cancellationToken)
            : await readers.ReadAsync(SimulationSql.ListOfOwner, [limit, owner], ReadSimulation, cancellationToken);
    }

    public ValueTask<StoredSimulation?> TakeAsync(SimulationLease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = writer.Write(statements => statements.Read(
            SimulationSql.Take, [lease.Runner, lease.Now.ToUnixTimeMilliseconds(), lease.Until.ToUnixTimeMilliseconds()], ReadSimulation));
        return ValueTask.FromResult(rows.Count == 0 ? null : rows[0]);
    }

    public ValueTask<bool> RenewAsync(string id, SimulationLease lease, long done, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            writer.Write(
                statements => statements.Write(SimulationSql.Renew, id, lease.Runner, lease.Until.ToUnixTimeMilliseconds(), done)) == 1);
    }

    public ValueTask ReleaseAsync(string id, string runner, CancellationToken cancellationToken) =>
        Write(SimulationSql.Release, [id, runner, 0], cancellationToken);

    public ValueTask EndAsync(StoredSimulation ended, string runner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        object?[] values =
        [
            ended.Id, runner, StoredNames.Of(ended.Status), ended.Done,
            ended.Result is { } result ? Encoding.UTF8.GetString(result) : null, ended.Failure?.Code, ended.Failure?.Detail,
        ];
        return Write(SimulationSql.End, values, cancellationToken);
    }

    public ValueTask CancelAsync(string id, CancellationToken cancellationToken) => Write(SimulationSql.Cancel, [id], cancellationToken);

    public ValueTask PruneAsync(string owner, SimulationBounds bounds, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(
            statements => statements.Write(SimulationSql.Prune, owner, bounds.Count, bounds.Bytes)
                + statements.Write(SimulationSql.PruneAged, bounds.AskedFrom.ToUnixTimeMilliseconds()));
        return ValueTask.CompletedTask;
    }

    private ValueTask Write(string sql, object?[] values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(sql, values));
        return ValueTask.CompletedTask;
    }

    private static StoredSimulation ReadSimulation(SqliteDataReader reader) =>
        new(
            reader.GetString(0), new SimulationOrigin(reader.GetString(1), unchecked((ulong)reader.GetInt64(2))),
            SqliteJournal.ReadInstant(reader, 3),
            reader.GetFieldValue<byte[]>(4))
        {
            Status = StoredNames.SimulationStatusOf(reader.GetString(5)),
            Done = reader.GetInt64(6),
            Starts = reader.GetInt32(7),
            Failure = reader.IsDBNull(8) ? null : new SimulationFailure(reader.GetString(8), reader.GetString(9)),
            Result = reader.IsDBNull(10) ? null : reader.GetFieldValue<byte[]>(10),
        };
}
