namespace OrleansBilling.Client;

/// <summary>What one call adds to its request.</summary>
public sealed record CallOptions
{
    /// <summary>
    /// The key under which a POST is done only once. Without it, each call gets a new key, so that the client may repeat the request. Give
    /// your own if the call may also be repeated by your program, for example after a crash.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The version that the thing must still have; otherwise the call fails with 412.</summary>
    public long? IfVersion { get; init; }

    /// <summary>How many seconds a new subscription waits for the outcome of its first payment; at most 30.</summary>
    public int? WaitSeconds { get; init; }

    /// <summary>An id that follows the request through several systems: 1 to 64 of A-Z a-z 0-9 _ . : -</summary>
    public string? RequestId { get; init; }
}
