using NodaTime;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// What requests were answered under their idempotency keys, for requests that are no command of a subscription: a subscription
/// remembers its own. Times are operational, also if business time is virtual: a moved clock must not make a request that is being
/// done look old. All calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IRequestMemory
{
    /// <summary>
    /// Takes a request for its holder, unless it was answered, is being answered, or was another one. A request whose holder let it
    /// go, or whose lease is over, is taken again, but only with the same fingerprint.
    /// </summary>
    ValueTask<RequestClaim> ClaimAsync(RememberedRequest request, RequestLease lease, CancellationToken cancellationToken);

    /// <summary>Keeps the answer; false if the holder no longer has the request.</summary>
    ValueTask<bool> KeepAsync(string requestId, string holder, KeptAnswer answer, CancellationToken cancellationToken);

    /// <summary>Forgets a request of which nothing was done.</summary>
    ValueTask ForgetAsync(string requestId, string holder, CancellationToken cancellationToken);

    /// <summary>Lets a request go of which nobody knows how much was done. The next who comes with it does it again.</summary>
    /// <param name="now">The present, which ends the lease.</param>
    ValueTask LetGoAsync(string requestId, string holder, Instant now, CancellationToken cancellationToken);

    /// <summary>Removes some requests whose time is over. Returns how many.</summary>
    ValueTask<int> RemoveForgottenAsync(Instant now, int limit, CancellationToken cancellationToken);
}

/// <summary>A request with an idempotency key.</summary>
/// <param name="Id">A hash of key and owner.</param>
/// <param name="Fingerprint">A hash of method, path and body.</param>
public readonly record struct RememberedRequest(string Id, ulong Fingerprint);

/// <summary>For how long a request is held, and remembered.</summary>
/// <param name="Holder">Who does the request, unlike any other.</param>
/// <param name="Now">The present.</param>
/// <param name="Until">After it, others may take the request.</param>
/// <param name="ForgetAt">When the request is forgotten.</param>
public readonly record struct RequestLease(string Holder, Instant Now, Instant Until, Instant ForgetAt);

/// <summary>Whether a request is to be done.</summary>
public abstract record RequestClaim
{
    private RequestClaim()
    {
    }

    /// <summary>It is the caller's to do.</summary>
    /// <param name="ClaimedAt">When it was taken first, as stored: the same for all who take it after another.</param>
    public sealed record Taken(Instant ClaimedAt) : RequestClaim;

    /// <summary>It was done before.</summary>
    public sealed record Answered(KeptAnswer Answer) : RequestClaim;

    /// <summary>Another holder is doing it.</summary>
    public sealed record Busy : RequestClaim;

    /// <summary>The key came with another request before.</summary>
    public sealed record Reused : RequestClaim;
}

/// <summary>An answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Content">The body, encrypted if there is a key for it; empty if it was not kept.</param>
/// <param name="Secrecy">What the body is.</param>
/// <param name="Location">Where the created thing is; null if nothing was created.</param>
/// <param name="Tag">The version of the shown thing; null if it has none.</param>
public sealed record KeptAnswer(int Status, byte[] Content, AnswerSecrecy Secrecy, string? Location, string? Tag);

/// <summary>What the kept content of an answer is.</summary>
public enum AnswerSecrecy
{
    /// <summary>The answer as it was; nothing if it is shown again from where it is stored.</summary>
    None,

    /// <summary>The answer, encrypted.</summary>
    Encrypted,

    /// <summary>Nothing, because it has a secret and nothing to encrypt it with.</summary>
    NotKept,
}
