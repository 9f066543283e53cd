using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Balancer;

/// <summary>
/// Callers that sign up one subscription after another, each starting a little in the future, so that work keeps falling due. A request
/// with an unknown outcome is retried with the same key.
/// </summary>
/// <param name="ahead">When they start. By default longer than a sign-up waits for a killed process.</param>
internal sealed class SteadyStarts(Uri balancer, TimeSpan? ahead = null)
{
    private const int Callers = 4;

    private readonly Duration ahead = Duration.FromTimeSpan(ahead ?? TimeSpan.FromSeconds(15));
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The start times of the acknowledged subscriptions.</summary>
    public ConcurrentDictionary<string, Instant> Starts { get; } = [];

    public Task RunAsync(CancellationToken enough) =>
        Task.WhenAll(Enumerable.Range(1, Callers).Select(caller => CallAsync(caller, enough)));

    private async Task CallAsync(int caller, CancellationToken enough)
    {
        using var client = new BillingClient(balancer, ServerSettings.AdminKey);
        for (var n = 1; !enough.IsCancellationRequested; n++)
        {
            var (id, start) = ($"new-{caller}-{n}", BalancedMarketplace.Now + ahead);
            var status = await AskAsync(client, DailyOffer.Subscription(id, start), $"subscribe-{id}");

            // A sign-up retried for too long is refused, because its start is in the past by then.
            if (status == HttpStatusCode.Created) Assert.True(Starts.TryAdd(id, start));
            else Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private static async Task<HttpStatusCode> AskAsync(BillingClient client, JsonNode body, string key)
    {
        var answer = await Eventually.ReadAsync(
            () => AskOnceAsync(client, body, key), status => status is { } told && (int)told is not (429 or >= 500));
        return answer!.Value;
    }

    /// <summary>The status, or null if the connection to the server broke.</summary>
    private static async Task<HttpStatusCode?> AskOnceAsync(BillingClient client, JsonNode body, string key)
    {
        try
        {
            return (await client.TryPostAsync("/v1/subscriptions", body, key)).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
