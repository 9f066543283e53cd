using System.Diagnostics;
using System.Text.Json;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Feed;

/// <summary>Follows the feed page by page, as a live consumer or a nightly job does, and checks its order.</summary>
internal sealed class FeedReader(ApiClient api)
{
    private readonly Dictionary<string, long> sequences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private string cursor = "";

    /// <summary>From when an event happened to when it was read.</summary>
    public LatencyHistogram Lags { get; private set; } = new();

    /// <summary>From asking for a page that is not empty to its last byte; without the time that the server waited for events.</summary>
    public LatencyHistogram Pages { get; } = new();

    public long Events { get; private set; }

    /// <summary>Events that came before one of their subscription that had happened earlier.</summary>
    public int OutOfOrder { get; private set; }

    public long CountOf(string type) => counts.GetValueOrDefault(type);

    /// <summary>Forgets how late the events so far were; they happened before they were read.</summary>
    public void ForgetLags() => Lags = new LatencyHistogram();

    /// <summary>Reads until a wait of this many seconds brings nothing.</summary>
    /// <exception cref="LoadTestException">A page was refused.</exception>
    public async Task ReadToEndAsync(int waitSeconds, CancellationToken cancellationToken)
    {
        while (await ReadPageAsync(waitSeconds, cancellationToken))
        {
        }
    }

    private async Task<bool> ReadPageAsync(int waitSeconds, CancellationToken cancellationToken)
    {
        var askedAt = Stopwatch.GetTimestamp();
        var answer = await api.GetAsync($"/v1/events?limit=200&wait={waitSeconds}{cursor}", cancellationToken);
        var page = answer.Required("GET /v1/events").Json();
        var readAt = DateTimeOffset.UtcNow;
        cursor = $"&after={page.GetProperty("next_cursor").GetString()}";
        var events = 0;
        foreach (var e in page.GetProperty("data").EnumerateArray())
        {
            Read(e, readAt);
            events++;
        }

        if (events > 0 && waitSeconds == 0) Pages.Record(Stopwatch.GetElapsedTime(askedAt));
        return events > 0 || page.GetProperty("has_more").GetBoolean();
    }

    private void Read(JsonElement e, DateTimeOffset readAt)
    {
        var id = e.GetProperty("subscription_id").GetString()!;
        var sequence = e.GetProperty("sequence").GetInt64();
        if (sequences.GetValueOrDefault(id) > sequence) OutOfOrder++;
        sequences[id] = sequence;
        var type = e.GetProperty("type").GetString()!;
        counts[type] = counts.GetValueOrDefault(type) + 1;
        var lag = readAt - e.GetProperty("created_at").GetDateTimeOffset();
        Lags.Record(lag > TimeSpan.Zero ? lag : TimeSpan.Zero);
        Events++;
    }
}
