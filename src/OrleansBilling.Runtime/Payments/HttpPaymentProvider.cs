using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Payments;

/// <summary>
/// Calls the stand-alone payment simulator over HTTP. A payment counts as moved or declined only when the provider says
/// so, in a well-formed answer about this key, amount and currency. Every other result is unknown, and the runtime asks
/// again with the same key: <c>timeout</c>, <c>connection</c>, or <c>provider_error</c> (5xx, throttling, a wrong
/// address, a nonsensical answer). So an outage or a wrong setting never turns into declines.
/// </summary>
/// <param name="client">From <see cref="CreateClient"/>; the caller owns it.</param>
/// <param name="timeout">Covers one whole call, connecting included; normally <see cref="DefaultTimeout"/>.</param>
/// <param name="time">Measures the timeout.</param>
/// <param name="logger">Logs requests that the provider refuses: those are our bugs.</param>
public sealed partial class HttpPaymentProvider(
    HttpClient client, TimeSpan timeout, TimeProvider time, ILogger<HttpPaymentProvider> logger) : IPaymentProvider
{
    /// <summary>The limit for one call.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private const int ConnectionsMax = 256;
    private const int AnswerBytesMax = 64 * 1024;

    private static readonly PaymentOutcome Succeeded = new PaymentOutcome.Succeeded();
    private static readonly PaymentOutcome TimedOut = new PaymentOutcome.Unknown("timeout");
    private static readonly PaymentOutcome ConnectionLost = new PaymentOutcome.Unknown("connection");
    private static readonly PaymentOutcome ProviderError = new PaymentOutcome.Unknown("provider_error");
    private static readonly PaymentOutcome Rejected = new PaymentOutcome.Declined("provider_rejected", Hard: true);

    /// <summary>
    /// An HTTP client for the provider at <paramref name="address"/>. It limits the number of
    /// connections and the size of answers.
    /// </summary>
    public static HttpClient CreateClient(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = ConnectionsMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + '/'),
            MaxResponseContentBufferSize = AnswerBytesMax,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        var message = new ChargeMessage(request.Key, request.Token, request.Amount, request.Currency, request.Attempt);
        using var content = JsonContent.Create(message, PaymentMessagesJson.Default.ChargeMessage);
        return await AskAsync("v1/charges", content, new Subject(request.Key, request.Amount, request.Currency), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        var message = new RefundMessage(request.Key, request.ChargeKey, request.Amount, request.Currency);
        using var content = JsonContent.Create(message, PaymentMessagesJson.Default.RefundMessage);
        return await AskAsync("v1/refunds", content, new Subject(request.Key, request.Amount, request.Currency), cancellationToken);
    }

    private async Task<PaymentOutcome> AskAsync(string path, HttpContent content, Subject subject, CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLate.Token);
        try
        {
            using var response = await client.PostAsync(path, content, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Interpret(JsonSerializer.Deserialize(body, PaymentMessagesJson.Default.AnswerMessage), subject),
                HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when IsProblem(response) =>
                    InterpretRefusal(JsonSerializer.Deserialize(body, PaymentMessagesJson.Default.ProblemMessage), subject),
                _ => ProviderError,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return tooLate.IsCancellationRequested ? TimedOut : ConnectionLost;
        }
        catch (HttpRequestException exception) when (
            exception.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded)
        {
            return ProviderError;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return ConnectionLost;
        }
        catch (JsonException)
        {
            return ProviderError;
        }
    }

    private static bool IsProblem(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json";

    private static PaymentOutcome Interpret(AnswerMessage? answer, Subject subject)
    {
        if (answer is null || answer.Key != subject.Key || answer.Amount != subject.Amount || answer.Currency != subject.Currency)
            return ProviderError;

        return answer switch
        {
            { Outcome: "succeeded" } => Succeeded,
            { Outcome: "declined", Code: { } code, Hard: { } hard } => new PaymentOutcome.Declined(code, hard),
            { Outcome: "pending" } => new PaymentOutcome.Pending(answer.Reference),
            { Outcome: "unknown", Code: { } code } => new PaymentOutcome.Unknown(code),
            _ => ProviderError,
        };
    }

    /// <summary>
    /// Interprets a refused request. The provider booked nothing and would refuse the same request again, so this is a
    /// hard decline: no money moved, and none will move under this key. The exception is a key that was used for
    /// something else: money may have moved under it, and only a person can find out, so the outcome stays unknown. An
    /// answer without a code does not come from the provider but, for example, from a proxy.
    /// </summary>
    private PaymentOutcome InterpretRefusal(ProblemMessage? problem, Subject subject)
    {
        if (problem?.Code is not { } code) return ProviderError;
        LogRejected(subject.Key, code);
        return code == "key_reused" ? ProviderError : Rejected;
    }

    /// <summary>The request that an answer must match.</summary>
    private readonly record struct Subject(string Key, long Amount, string Currency);

    [LoggerMessage(Level = LogLevel.Error, Message = "The payment provider refused the request with key {Key}: {Code}.")]
    private partial void LogRejected(string key, string code);
}
