using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OrleansBilling.Testing;

/// <summary>A server on loopback that takes webhooks as a marketplace's would, answers as a test wants, and remembers what came.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<ReceivedWebhook> received = new();
    private readonly Task accepting;

    public WebhookReceiver()
    {
        var port = FreePort.Find();
        Url = new Uri($"http://127.0.0.1:{port}/hook");
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>The status with which a webhook is answered; called after it was remembered.</summary>
    public Func<ReceivedWebhook, Task<int>> Answer { get; set; } = _ => Task.FromResult(204);

    /// <summary>Everything that came, also what was answered with a failure.</summary>
    public IReadOnlyList<ReceivedWebhook> Received => [.. received];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        listener.Close();
    }

    private async Task AcceptAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                _ = TakeAsync(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        try
        {
            using var bytes = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(bytes);
            var headers = context.Request.Headers;
            var webhook = new ReceivedWebhook(
                headers["webhook-id"]!, long.Parse(headers["webhook-timestamp"]!, CultureInfo.InvariantCulture),
                headers["webhook-signature"]!, bytes.ToArray());
            received.Enqueue(webhook);
            context.Response.StatusCode = await Answer(webhook);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The sender hung up, or the test is over.
        }
    }
}

/// <summary>A webhook that came.</summary>
/// <param name="Id">The id of its event.</param>
/// <param name="Timestamp">When it was signed, in seconds since 1970.</param>
/// <param name="Signature">Its signatures.</param>
/// <param name="Body">What was signed.</param>
public sealed record ReceivedWebhook(string Id, long Timestamp, string Signature, byte[] Body)
{
    public JsonElement Json { get; } = JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>Null if it is about an endpoint.</summary>
    public string? SubscriptionId => Json.GetProperty("subscription_id").GetString();

    public long Sequence => Json.GetProperty("sequence").GetInt64();

    /// <summary>Whether one of its signatures was made with a secret.</summary>
    public bool IsSignedWith(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id}.{Timestamp}."));
        byte[] content = [.. signed, .. Body];
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, content))}";
        return Signature.Split(' ').Contains(expected);
    }
}
