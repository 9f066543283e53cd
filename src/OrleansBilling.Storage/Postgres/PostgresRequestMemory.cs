using NodaTime;
using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>Answers under idempotency keys, shared by several processes. The primary key decides who does a request.</summary>
internal sealed class PostgresRequestMemory(PooledCalls pool) : IRequestMemory
{
    public async ValueTask<RequestClaim> ClaimAsync(RememberedRequest request, RequestLease lease, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] values =
        [
            Text(request.Id), Long(unchecked((long)request.Fingerprint)), Text(lease.Holder), At(lease.Now), At(lease.ForgetAt),
            At(lease.Until),
        ];
        var taken = await pool.WriteAsync(RequestMemorySql.Claim, values, static reader => ReadInstant(reader, 0), cancellationToken);
        if (taken.Count == 1) return new RequestClaim.Taken(taken[0]);
        var found = await pool.ReadAsync(
            RequestMemorySql.Find, [Text(request.Id)], reader => RequestMemorySql.ReadClaim(reader, request.Fingerprint),
            cancellationToken);
        return found.Count == 1 ? found[0] : new RequestClaim.Busy();
    }

    public async ValueTask<bool> KeepAsync(string requestId, string holder, KeptAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        NpgsqlParameter[] values =
        [
            Text(requestId), Text(holder), Integer(answer.Status), Text(StoredNames.Of(answer.Secrecy)), Text(answer.Location),
            Text(answer.Tag), Bytes(answer.Content),
        ];
        return await pool.WriteAsync(RequestMemorySql.Keep, values, cancellationToken) == 1;
    }

    public async ValueTask ForgetAsync(string requestId, string holder, CancellationToken cancellationToken) =>
        await pool.WriteAsync(RequestMemorySql.Forget, [Text(requestId), Text(holder)], cancellationToken);

    public async ValueTask LetGoAsync(string requestId, string holder, Instant now, CancellationToken cancellationToken) =>
        await pool.WriteAsync(RequestMemorySql.LetGo, [Text(requestId), Text(holder), At(now)], cancellationToken);

    public async ValueTask<int> RemoveForgottenAsync(Instant now, int limit, CancellationToken cancellationToken) =>
        await pool.WriteAsync(RequestMemorySql.RemoveForgotten, [At(now), Integer(limit)], cancellationToken);
}
