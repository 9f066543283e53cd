using System.Collections.Concurrent;
using System.Globalization;
using OrleansBilling.LoadTests.Http;

namespace OrleansBilling.LoadTests.Noisy;

/// <summary>
/// The noisy tenant. Does the worst that its keys allow: repeats each kind of noise without a pause, even when refused.
/// None of its requests may get a 5xx.
/// </summary>
internal sealed class Noise(ApiClient seller, ApiClient customer, string productId)
{
    private const string Largest = "99999999999";
    private const int StreamLines = 2_000;
    private const int SubscriptionsOfStreams = 200;

    private readonly ConcurrentDictionary<(string Kind, int Status, string? Code), int> answers = new();
    private int last;

    /// <summary>The number of answers, by kind of noise, status and code.</summary>
    public IReadOnlyDictionary<(string Kind, int Status, string? Code), int> Answers => answers;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await seller.RequireAsync(
            "/v1/plans", $$$"""{"id":"noisy-plan","product_id":"{{{productId}}}","name":"n","interval":{"unit":"month","count":1}}""",
            cancellationToken);
        await seller.RequireAsync(
            "/v1/offers",
            """{"id":"noisy-offer","plan_id":"noisy-plan","amount":1,"currency":"BRL","meters":[""" +
            """{"id":"m","name":"m","aggregation":"sum","pricing":"per_unit","price":{"amount":1}}]}""",
            cancellationToken);
        await seller.RequireAsync(
            "/v1/offers", $$"""{"id":"noisy-large","plan_id":"noisy-plan","amount":{{Largest}},"currency":"BRL"}""", cancellationToken);
        foreach (var id in new[] { "noisy-keys", "noisy-history" })
            await seller.RequireAsync("/v1/subscriptions", Subscribe(id, "noisy-offer"), cancellationToken);
        for (var n = 0; n < SubscriptionsOfStreams; n++)
            await seller.RequireAsync("/v1/subscriptions", Subscribe($"noisy-{n}", "noisy-offer"), cancellationToken);
    }

    /// <summary>Runs every kind of noise with <paramref name="ofEach"/> concurrent senders, without a pause, until stopped.</summary>
    public Task RunAsync(int ofEach, CancellationToken stop)
    {
        (string Kind, Func<CancellationToken, Task<ApiAnswer>> Make)[] kinds =
        [
            ("amounts",
                token => seller.PostAsync(
                    "/v1/subscriptions", Subscribe(Next("noisy-large"), "noisy-large", ",\"quantity\":100"), null, token)),
            ("keys", token =>
                customer.PostAsync("/v1/subscriptions/noisy-keys/payment-method", """{"token":"tok_ok"}""", Next("k"), token)),
            ("history", RecordUsageAsync),
            ("invoices", token => seller.GetAsync("/v1/subscriptions/noisy-history/invoices?limit=1", token)),
            ("events", token => seller.GetAsync("/v1/subscriptions/noisy-history/events?limit=200", token)),
            ("streams", token => seller.StreamAsync(Lines(), token)),
            ("lists", token => seller.GetAsync("/v1/subscriptions?limit=200", token)),
            ("statistics", token => seller.GetAsync("/v1/statistics/cancellations/daily?from=2020-01-01&to=2029-12-31", token)),
            ("simulations",
                token => seller.PostAsync("/v1/simulations", """{"months":36,"changes":{"dunning":{"max_retries":20}}}""", null, token)),
            ("catalog", token => seller.PutAsync("/v1/offers/noisy-large", $$"""{"amount":{{Largest}},"addons":[{{AddOns()}}]}""", token)),
        ];
        return Task.WhenAll(kinds.SelectMany(kind => Enumerable.Range(0, ofEach).Select(_ => RepeatAsync(kind.Kind, kind.Make, stop))));
    }

    private async Task RepeatAsync(string kind, Func<CancellationToken, Task<ApiAnswer>> make, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var answer = await make(stop);
                answers.AddOrUpdate((kind, answer.Status, answer.Code), 1, static (_, count) => count + 1);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private Task<ApiAnswer> RecordUsageAsync(CancellationToken cancellationToken)
    {
        const int EventsMax = 1_000;
        var first = Interlocked.Add(ref last, EventsMax);
        var events = string.Join(
            ',', Enumerable.Range(first, EventsMax)
                .Select(n => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"u{{n}}","meter":"m","quantity":1}""")));
        return seller.PostAsync("/v1/subscriptions/noisy-history/usage", $$"""{"events":[{{events}}]}""", null, cancellationToken);
    }

    private static IEnumerable<string> Lines()
    {
        for (var n = 0; n < StreamLines; n++)
        {
            var command = n / SubscriptionsOfStreams % 2 == 0 ? "\"cancel\",\"at\":\"period_end\"" : "\"uncancel\"";
            yield return string.Create(
                CultureInfo.InvariantCulture, $$"""{"type":{{command}},"subscription_id":"noisy-{{n % SubscriptionsOfStreams}}"}""");
        }
    }

    private static string AddOns()
    {
        var name = new string('n', 200);
        return string.Join(
            ',', Enumerable.Range(0, 50)
                .Select(n => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"a{{n}}","name":"{{name}}","amount":{{Largest}}}""")));
    }

    private static string Subscribe(string id, string offer, string fields = "") =>
        $$$"""{"id":"{{{id}}}","offer_id":"{{{offer}}}","customer":{"id":"noisy-customer"}""" +
        $$$""","payment_method":{"token":"tok_ok"}{{{fields}}}}""";

    private string Next(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref last)}");
}
