using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansBilling.Client.Http;

/// <summary>Sends requests, repeats those that may be repeated, and turns refusals into exceptions.</summary>
internal sealed class ApiTransport(HttpClient http, BillingClientOptions options)
{
    private const int ProblemBytesMax = 1024 * 1024;

    private readonly RetryPauses pauses = new(options);
    private readonly Func<string> newKey = options.NewIdempotencyKey ?? (() => RandomNumberGenerator.GetHexString(32, lowercase: true));

    public async Task<T> SendAsync<T>(ApiRequest request, CallOptions? call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request, call, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize(answer, type) ?? throw new JsonException("The answer is null.");
    }

    /// <summary>Returns the answer's body.</summary>
    public async Task<byte[]> SendAsync(ApiRequest request, CallOptions? call, CancellationToken cancellationToken)
    {
        // One key for all tries.
        var key = request.TakesKey ? call?.IdempotencyKey ?? newKey() : null;
        for (var tries = 1; ; tries++)
        {
            TimeSpan? pause;
            try
            {
                return await TryAsync(request, call, key, cancellationToken).ConfigureAwait(false);
            }
            catch (BillingException refused)
            {
                pause = pauses.After(refused.Status, refused.RetryAfter, tries);
                if (pause is null || !request.MayRepeat || tries >= options.TriesMax) throw;
            }
            catch (Exception failed) when (IsOfConnection(failed) && request.MayRepeat && tries < options.TriesMax)
            {
                pause = pauses.After(tries);
            }

            await Task.Delay(pause.Value, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a body of any length once, and returns the response as soon as it begins.</summary>
    public async Task<HttpResponseMessage> StreamAsync(string path, HttpContent body, CancellationToken cancellationToken)
    {
        using var message = Message(new ApiRequest(HttpMethod.Post, path), null, null);
        message.Content = body;
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RefusalOfAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> TryAsync(ApiRequest request, CallOptions? call, string? key, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(options.TryTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var message = Message(request, call, key);
            using var response = await http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) throw await RefusalOfAsync(response, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(options.AnswerBytesMax, either.Token).ConfigureAwait(false);
            return await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Method} {request.Path} was not answered within {options.TryTimeout}.");
        }
    }

    private HttpRequestMessage Message(ApiRequest request, CallOptions? call, string? key)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(options.Address, request.Path));
        if (options.ApiKey is { } apiKey) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        message.Headers.Accept.ParseAdd("application/json");
        if (key is not null) message.Headers.Add("Idempotency-Key", key);
        if (call?.IfVersion is { } version)
            message.Headers.Add("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
        if (call?.WaitSeconds is { } wait) message.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={wait}"));
        if (call?.RequestId is { } id) message.Headers.Add("Request-Id", id);
        if (request.Body is null) return message;
        message.Content = new ByteArrayContent(request.Body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        return message;
    }

    private async Task<BillingException> RefusalOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var requestId = response.Headers.TryGetValues("Request-Id", out var ids) ? ids.First() : null;
        var retryAfter = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - options.Time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
            _ => (TimeSpan?)null,
        };
        var problem = await ProblemOfAsync(response, cancellationToken).ConfigureAwait(false);
        return new BillingException(response.StatusCode, problem, requestId, retryAfter);
    }

    /// <summary>What the API says; null if something between it and the client answered.</summary>
    private static async Task<Problem?> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return null;
        try
        {
            await response.Content.LoadIntoBufferAsync(ProblemBytesMax, cancellationToken).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(bytes, ApiJson.Default.Problem);
        }
        catch (Exception unreadable) when (unreadable is JsonException || IsTooLarge(unreadable))
        {
            return null;
        }
    }

    private static bool IsOfConnection(Exception failed) =>
        failed is TimeoutException or IOException || (failed is HttpRequestException && !IsTooLarge(failed));

    private static bool IsTooLarge(Exception failed) =>
        failed is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };
}
