using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <summary>A parsed request body or the error in it, and its fingerprint if the request has an idempotency key.</summary>
internal readonly record struct RequestBody<T>(T? Value, ApiError? Error, ulong Fingerprint)
    where T : class
{
    /// <summary>The bytes of a patch; null for other bodies.</summary>
    public byte[]? Patch { get; init; }
}
