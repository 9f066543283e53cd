using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using NodaTime.Text;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Server;

namespace OrleansBilling.LoadTests.History;

/// <summary>The cost of one call of an operation.</summary>
/// <param name="Milliseconds">From the request to the last byte.</param>
/// <param name="AllocatedBytes">Allocated by gateway and client together, because they share this process.</param>
/// <param name="AnsweredBytes">Length of the response body.</param>
internal readonly record struct HistorySample(double Milliseconds, long AllocatedBytes, long AnsweredBytes);

/// <summary>The operations, over HTTP to a gateway in this process.</summary>
internal sealed class HistoryOperations : IDisposable
{
    private readonly HttpClient client;
    private int commands;

    public HistoryOperations(ServerHost gateway, string key)
    {
        client = new HttpClient { BaseAddress = new Uri(gateway.Addresses.First()), Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The operations by name. Each takes a subscription and its number of usage events.</summary>
    public IReadOnlyList<(string Name, bool Reads, Func<string, int, CancellationToken, Task<HistorySample>> Run)> All =>
    [
        ("invoices?limit=1", true, (id, _, stop) => GetAsync($"{Path(id)}/invoices?limit=1", stop)),
        ("credit-notes", true, (id, _, stop) => GetAsync($"{Path(id)}/credit-notes?limit=10", stop)),
        ("as_of, recent", true, (id, _, stop) => GetAsync(AsOf(id, 0.999), stop)),
        ("as_of, old", true, (id, _, stop) => GetAsync(AsOf(id, 0.5), stop)),
        ("events, first page", true, (id, _, stop) => GetAsync($"{Path(id)}/events?limit=50", stop)),
        ("events, later page", true, (id, usage, stop) => GetAsync(LaterEvents(id, usage / 2), stop)),
        ("usage command", false,
            (id, _, stop) =>
                PostAsync($"{Path(id)}/usage", $$"""{"events":[{"id":"c{{Next()}}","meter":"users","key":"new-{{Next()}}"}]}""", stop)),
        ("refund", false, (id, _, stop) => PostAsync($"{Path(id)}/invoices/1/refund", """{"amount":1,"to":"credit"}""", stop)),
    ];

    /// <summary>Moves the clock from one bill to the next; only one subscription's bill falls due in between.</summary>
    public Task<HistorySample> AdvanceAsync(string to, CancellationToken cancellationToken) =>
        PostAsync("/v1/clock/advance", $$"""{"to":"{{to}}"}""", cancellationToken);

    /// <summary>Gives a subscription another billing date, so that the two are not billed together.</summary>
    public Task MoveBillingDateAsync(string id, string to, CancellationToken cancellationToken) =>
        PostAsync($"{Path(id)}/billing-date", $$"""{"next_billing_at":"{{to}}"}""", cancellationToken);

    public void Dispose() => client.Dispose();

    private static string Path(string id) => $"/v1/subscriptions/{id}";

    private static string AsOf(string id, double share)
    {
        var at = HistoryOptions.SoldAt + (HistoryOptions.UsedFor * share);
        return $"{Path(id)}?as_of={InstantPattern.ExtendedIso.Format(at)}";
    }

    private static string LaterEvents(string id, int after)
    {
        var list = new DefaultHttpContext();
        list.Request.Path = $"{Path(id)}/events";
        return $"{list.Request.Path}?limit=50&cursor={new Query(list.Request).NextCursor(after)}";
    }

    private string Next() => Interlocked.Increment(ref commands).ToString(CultureInfo.InvariantCulture);

    private Task<HistorySample> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    private Task<HistorySample> PostAsync(string path, string body, CancellationToken cancellationToken) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") },
            cancellationToken);

    private async Task<HistorySample> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: false);
            var watch = Stopwatch.GetTimestamp();
            using var response = await client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var sample = new HistorySample(
                Stopwatch.GetElapsedTime(watch).TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: false) - allocated, body.Length);
            return response.IsSuccessStatusCode
                ? sample
                : throw new LoadTestException(
                    $"{request.Method} {request.RequestUri} returned {(int)response.StatusCode}: {Encoding.UTF8.GetString(body)}");
        }
    }
}
