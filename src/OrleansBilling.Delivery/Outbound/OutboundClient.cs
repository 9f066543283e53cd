using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace OrleansBilling.Delivery.Outbound;

/// <summary>
/// Sends requests to URLs that integrators chose. Such a URL must not reach our own networks, so addresses are checked when connecting.
/// The server behind it may be slow, endless or hostile, so everything is limited, and a failure is a value.
/// </summary>
public sealed class OutboundClient : IDisposable
{
    private const int AnswerHeadersKibibytesMax = 16;

    private readonly OutboundOptions options;
    private readonly TimeProvider time;
    private readonly HttpMessageInvoker invoker;

    /// <param name="time">The clock for the time-out, the duration and dates in answers.</param>
    public OutboundClient(OutboundOptions options, TimeProvider time)
        : this(options, time, CheckedConnector.OverTcpAsync)
    {
    }

    internal OutboundClient(OutboundOptions options, TimeProvider time, Connect connect)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.options = options;
        this.time = time;
        invoker = new HttpMessageInvoker(CreateHandler(options, new CheckedConnector(options, connect, time)), disposeHandler: true);
    }

    /// <summary>
    /// Sends the request and reads the answer. Its URL is checked again, because settings and rules may have changed since it was saved.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<DeliveryOutcome> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var start = time.GetTimestamp();
        if (OutboundUrl.Check(request.RequestUri?.AbsoluteUri ?? "", options.AllowPrivate) is not OutboundUrl.Accepted)
            return new DeliveryOutcome.NoAnswer(NoAnswerReason.AddressRefused, time.GetElapsedTime(start));

        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var tooLate = new CancellationTokenSource(options.ExchangeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            using var response = await invoker.SendAsync(request, either.Token);
            await ReadBodyAsync(response, either.Token);
            return Judge(response, time.GetElapsedTime(start));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Ours, or that of a new connection, which the handler measures.
            return new DeliveryOutcome.NoAnswer(NoAnswerReason.Timeout, time.GetElapsedTime(start));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new DeliveryOutcome.NoAnswer(NoAnswerReading.Read(exception), time.GetElapsedTime(start));
        }
    }

    public void Dispose() => invoker.Dispose();

    /// <summary>
    /// Reads the body so that the connection can be used again. The status has decided already: a body that is too long, too slow or broken
    /// only costs its connection.
    /// </summary>
    private async Task ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[Math.Min(4 * 1024, options.AnswerBytesMax)];
            for (var seen = 0; seen < options.AnswerBytesMax;)
            {
                var rest = Math.Min(buffer.Length, options.AnswerBytesMax - seen);
                var read = await body.ReadAsync(buffer.AsMemory(0, rest), cancellationToken);
                if (read == 0) return;
                seen += read;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
        }
    }

    private DeliveryOutcome Judge(HttpResponseMessage response, TimeSpan duration)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode) return new DeliveryOutcome.Delivered(status, duration);
        var header = response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.First() : null;
        return new DeliveryOutcome.Failed(status, RetryAfter.Read(header, time.GetUtcNow()), duration);
    }

    private static SocketsHttpHandler CreateHandler(OutboundOptions options, CheckedConnector connector) => new()
    {
        // What a proxy connects to, nobody here can check.
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        // Trace ids of requests stay in the house.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context.DnsEndPoint, cancellationToken),
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = options.ConnectionLifetime,
        PooledConnectionIdleTimeout = options.ConnectionIdle,
        MaxConnectionsPerServer = options.ConnectionsPerHostMax,
        MaxResponseHeadersLength = AnswerHeadersKibibytesMax,
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        SslOptions = new SslClientAuthenticationOptions
        {
            // A certificate may name URLs for its issuer and its revocation: fetching those would be requests that nobody has checked.
            CertificateChainPolicy = new X509ChainPolicy
            {
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };
}
