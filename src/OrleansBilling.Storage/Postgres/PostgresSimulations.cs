using System.Text;
using NodaTime;
using Npgsql;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Simulations, shared by several processes. A lock lets one process take the next at a time, so turns are kept.</summary>
internal sealed class PostgresSimulations(PooledCalls pool) : ISimulationStore
{
    private static readonly string LockSql = $"select pg_advisory_xact_lock({AdvisoryLocks.Space}, {AdvisoryLocks.Simulations})";

    private static readonly Instant Past = Instant.FromUnixTimeSeconds(0);

    public async ValueTask<SubmissionOutcome> AddAsync(StoredSimulation asked, int waitingMax, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        NpgsqlParameter[] values =
        [
            Text(asked.Id), Text(asked.Origin.Owner), Long(unchecked((long)asked.Origin.Fingerprint)), At(asked.AskedAt),
            Text(Encoding.UTF8.GetString(asked.Question)),
            Integer(waitingMax),
        ];
        if (await pool.WriteAsync(SimulationSql.Add, values, cancellationToken) == 1) return SubmissionOutcome.Taken;
        return await FindAsync(asked.Id, cancellationToken) is null ? SubmissionOutcome.Full : SubmissionOutcome.Known;
    }

    public async ValueTask<StoredSimulation?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(SimulationSql.Find, [Text(id)], ReadSimulation, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<StoredSimulation>> ListAsync(string? owner, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return owner is null
            ? await pool.ReadAsync(SimulationSql.ListAll, [Integer(limit)], ReadSimulation, cancellationToken)
            : await pool.ReadAsync(SimulationSql.ListOfOwner, [Integer(limit), Text(owner)], ReadSimulation, cancellationToken);
    }

    public async ValueTask<StoredSimulation?> TakeAsync(SimulationLease lease, CancellationToken cancellationToken)
    {
        var rows = await pool.WriteLockedAsync(
            LockSql, [], SimulationSql.Take, [Text(lease.Runner), At(lease.Now), At(lease.Until)], ReadSimulation, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<bool> RenewAsync(string id, SimulationLease lease, long done, CancellationToken cancellationToken) =>
        await pool.WriteAsync(SimulationSql.Renew, [Text(id), Text(lease.Runner), At(lease.Until), Long(done)], cancellationToken) == 1;

    public async ValueTask ReleaseAsync(string id, string runner, CancellationToken cancellationToken) =>
        await pool.WriteAsync(SimulationSql.Release, [Text(id), Text(runner), At(Past)], cancellationToken);

    public async ValueTask EndAsync(StoredSimulation ended, string runner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        NpgsqlParameter[] values =
        [
            Text(ended.Id), Text(runner), Text(StoredNames.Of(ended.Status)), Long(ended.Done),
            Text(ended.Result is { } result ? Encoding.UTF8.GetString(result) : null), Text(ended.Failure?.Code),
            Text(ended.Failure?.Detail),
        ];
        await pool.WriteAsync(SimulationSql.End, values, cancellationToken);
    }

    public async ValueTask CancelAsync(string id, CancellationToken cancellationToken) =>
        await pool.WriteAsync(SimulationSql.Cancel, [Text(id)], cancellationToken);

    public async ValueTask PruneAsync(string owner, SimulationBounds bounds, CancellationToken cancellationToken)
    {
        await pool.WriteAsync(SimulationSql.Prune, [Text(owner), Integer(bounds.Count), Long(bounds.Bytes)], cancellationToken);
        await pool.WriteAsync(SimulationSql.PruneAged, [At(bounds.AskedFrom)], cancellationToken);
    }

    private static StoredSimulation ReadSimulation(NpgsqlDataReader reader) =>
        new(reader.GetString(0), new SimulationOrigin(reader.GetString(1), unchecked((ulong)reader.GetInt64(2))), ReadInstant(reader, 3),
            reader.GetFieldValue<byte[]>(4))
        {
            Status = StoredNames.SimulationStatusOf(reader.GetString(5)),
            Done = reader.GetInt64(6),
            Starts = reader.GetInt32(7),
            Failure = reader.IsDBNull(8) ? null : new SimulationFailure(reader.GetString(8), reader.GetString(9)),
            Result = reader.IsDBNull(10) ? null : reader.GetFieldValue<byte[]>(10),
        };
}
