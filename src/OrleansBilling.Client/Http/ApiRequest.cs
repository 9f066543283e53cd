namespace OrleansBilling.Client.Http;

/// <summary>A request before it is sent.</summary>
/// <param name="Path">With its query.</param>
/// <param name="Body">Null without a body.</param>
/// <param name="TakesKey">Whether the server does the request only once for each idempotency key.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, byte[]? Body = null, bool TakesKey = false)
{
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether sending it again does no more than sending it once. A POST is sent with a key if it takes one.</summary>
    public bool MayRepeat => TakesKey || Method == HttpMethod.Get;
}
