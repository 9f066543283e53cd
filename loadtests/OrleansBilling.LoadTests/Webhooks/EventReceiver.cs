using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Webhooks;

/// <summary>
/// A server that takes events and answers at once, like a marketplace's queue. Notes how late they are and whether those of each
/// subscription come in order. Under /dead, it never answers.
/// </summary>
internal sealed class EventReceiver : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentDictionary<string, long> sequences = new(StringComparer.Ordinal);
    private int count;
    private int outOfOrder;

    private EventReceiver(WebApplication web) => this.web = web;

    public Uri Address => new(web.Urls.First());

    /// <summary>From when an event happened to when it came.</summary>
    public LatencyHistogram Lags { get; private set; } = new();

    public int Count => Volatile.Read(ref count);

    /// <summary>Events that came after a later one of their subscription, and had not come before.</summary>
    public int OutOfOrder => Volatile.Read(ref outOfOrder);

    public static async Task<EventReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new EventReceiver(builder.Build());
        receiver.web.Run(receiver.TakeAsync);
        await receiver.web.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Forgets what came so far, for the next measurement.</summary>
    public void Forget()
    {
        Lags = new LatencyHistogram();
        Volatile.Write(ref count, 0);
        sequences.Clear();
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        if (http.Request.Path == "/dead")
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var lag = DateTimeOffset.UtcNow - body.RootElement.GetProperty("created_at").GetDateTimeOffset();
        Lags.Record(lag > TimeSpan.Zero ? lag : TimeSpan.Zero);
        var sequence = body.RootElement.GetProperty("sequence").GetInt64();
        var last = sequences.GetOrAdd(body.RootElement.GetProperty("subscription_id").GetString()!, sequence);
        if (sequence < last) Interlocked.Increment(ref outOfOrder);
        sequences[body.RootElement.GetProperty("subscription_id").GetString()!] = sequence;
        Interlocked.Increment(ref count);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
