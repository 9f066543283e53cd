using OrleansBilling.Client;

namespace OrleansBilling.Console.Sessions;

/// <summary>The API, over one pool of connections for all sessions.</summary>
/// <param name="address">Known only once the process listens, if it serves the API itself.</param>
public sealed class BillingApi(Func<Uri> address) : IDisposable
{
    private static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(20);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="secret">A session's token, an API key, or the code of a link.</param>
    public BillingClient As(string secret) => new(
        new BillingClientOptions
        {
            Address = address(), ApiKey = secret, TriesMax = 3, TryTimeout = TryTimeout, FirstPause = TimeSpan.FromMilliseconds(200),
            RetryAfterMax = TimeSpan.FromSeconds(3),
        },
        http);

    public void Dispose() => http.Dispose();
}
