namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// The keys by which secrets in the database are encrypted, shared by all processes. Each is itself encrypted by the master key, which
/// is not in the database. Calls throw <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IKeyRing
{
    ValueTask<IReadOnlyList<RingKey>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds a key. Adding it again changes nothing.</summary>
    ValueTask AddAsync(RingKey key, CancellationToken cancellationToken);
}

/// <summary>A key of the ring.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Master">By which a master key is known, without telling anything about it.</param>
/// <param name="Content">The key, encrypted by that master key.</param>
public sealed record RingKey(string Id, string Master, byte[] Content);
