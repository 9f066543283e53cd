using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

/// <summary>
/// The Orleans Billing API. One client serves a whole program; it may be used by many threads at once. GETs, and POSTs with their
/// idempotency key, are repeated if the connection fails or the server says 429 or 503; nothing else is ever repeated.
/// </summary>
public sealed partial class BillingClient : IDisposable
{
    private readonly HttpClient http;
    private readonly bool ownsHttp;
    private readonly ApiTransport api;

    /// <param name="apiKey">An API key or a customer token.</param>
    public BillingClient(Uri address, string apiKey)
        : this(new BillingClientOptions { Address = address, ApiKey = apiKey })
    {
    }

    public BillingClient(BillingClientOptions options)
        : this(options, new HttpClient { Timeout = Timeout.InfiniteTimeSpan })
    {
        ownsHttp = true;
    }

    /// <param name="http">Sends the requests; for example one of IHttpClientFactory. The caller disposes it.</param>
    public BillingClient(BillingClientOptions options, HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        this.http = http;
        api = new ApiTransport(http, options);
    }

    public void Dispose()
    {
        if (ownsHttp) http.Dispose();
    }
}
