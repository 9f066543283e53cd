using NodaTime;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Answers under idempotency keys. The primary key decides who does a request.</summary>
internal sealed class SqliteRequestMemory(SqliteWriter writer) : IRequestMemory
{
    public ValueTask<RequestClaim> ClaimAsync(RememberedRequest request, RequestLease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements =>
        {
            var taken = statements.Read(
                RequestMemorySql.Claim,
                [
                    request.Id, unchecked((long)request.Fingerprint), lease.Holder, lease.Now.ToUnixTimeMilliseconds(),
                    lease.ForgetAt.ToUnixTimeMilliseconds(), lease.Until.ToUnixTimeMilliseconds(),
                ],
                static reader => SqliteJournal.ReadInstant(reader, 0));
            if (taken.Count == 1) return new RequestClaim.Taken(taken[0]);
            return statements.Read(
                RequestMemorySql.Find, [request.Id], reader => RequestMemorySql.ReadClaim(reader, request.Fingerprint))[0];
        }));
    }

    public ValueTask<bool> KeepAsync(string requestId, string holder, KeptAnswer answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(answer);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements => statements.Write(
            RequestMemorySql.Keep, requestId, holder, answer.Status, StoredNames.Of(answer.Secrecy), answer.Location, answer.Tag,
            answer.Content)) == 1);
    }

    public ValueTask ForgetAsync(string requestId, string holder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(RequestMemorySql.Forget, requestId, holder));
        return ValueTask.CompletedTask;
    }

    public ValueTask LetGoAsync(string requestId, string holder, Instant now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(RequestMemorySql.LetGo, requestId, holder, now.ToUnixTimeMilliseconds()));
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> RemoveForgottenAsync(Instant now, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            writer.Write(statements => statements.Write(RequestMemorySql.RemoveForgotten, now.ToUnixTimeMilliseconds(), limit)));
    }
}
