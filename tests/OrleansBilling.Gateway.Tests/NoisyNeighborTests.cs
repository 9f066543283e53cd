using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// One tenant uses up all of its limits. Meanwhile, all commands of another tenant succeed. The load test <c>noisy</c>
/// measures their latency.
/// </summary>
public sealed class NoisyNeighborTests
{
    private const string Largest = "99999999999";

    [Fact]
    public Task On_SQLite() => RunAsync();

    [PostgresFact]
    public async Task On_PostgreSQL()
    {
        await using var server = await PostgresServer.StartNewAsync(durable: false);
        var database = await server.CreateBillingDatabaseAsync("billing");
        await RunAsync("--Billing:Storage=postgres", $"--ConnectionStrings:Billing={database}");
    }

    private static async Task RunAsync(params string[] settings)
    {
        await using var gateway = await TestGateway.StartAsync(settings);
        await gateway.SellAsync("calm", seller: "calm");
        await gateway.SellAsync(
            "noisy", seller: "noisy", amount: 99_999_999_999,
            offerFields: ""","meters":[{"id":"m","name":"m","aggregation":"sum","pricing":"per_unit","price":{"amount":1}}]""");
        await gateway.SubscribeAsync("n", "noisy_offer", customer: "noisy");
        var calm = await gateway.AsSellerAsync("calm");
        var noisy = await gateway.AsSellerAsync("noisy");
        var noisyCustomer = await gateway.AsCustomerAsync("noisy", by: noisy);

        // The calm tenant's commands continue until the noise has ended, so every kind of noise overlaps with them.
        var noise = Task.WhenAll(
            KeysAsync(noisyCustomer), SimulationsAsync(noisy), BodiesAsync(noisy), StreamsAsync(noisy), HistoryAsync(noisy),
            CatalogAsync(noisy), AmountsAsync(noisy));
        for (var n = 0; n < 20 || !noise.IsCompleted; n++) await LiveAsync(calm, $"c{n}");
        await noise;
        await LiveAsync(calm, "afterwards");

        await gateway.SettleAsync();
        Assert.All(
            (await calm.GetAsync("/v1/subscriptions?limit=200")).Expect(200).Data,
            one => Assert.Equal(("active", 2990), (one.GetProperty("status").GetString(), one.GetProperty("lifetime_paid").GetInt64())));
        Assert.Equal("active", (await noisy.GetAsync("/v1/subscriptions/n")).Expect(200).String("status"));
    }

    private static async Task LiveAsync(ApiClient calm, string id)
    {
        (await calm.PostAsync("/v1/subscriptions", Catalog.Subscribe(id, "calm_offer"), $"new-{id}")).Expect(201);
        await PaidAsync(calm, id);
        (await calm.PostAsync($"/v1/subscriptions/{id}/cancel", """{"at":"period_end"}""", $"bye-{id}")).Expect(200);
        (await calm.PostAsync($"/v1/subscriptions/{id}/uncancel", null, $"stay-{id}")).Expect(200);
        (await calm.GetAsync($"/v1/subscriptions/{id}")).Expect(200);
    }

    /// <summary>The first payment's outcome comes, whatever the neighbor does; who gives notice before that is gone at once.</summary>
    private static async Task PaidAsync(ApiClient calm, string id) => await Eventually.EqualAsync(
        "active", async () => (await calm.GetAsync($"/v1/subscriptions/{id}")).Expect(200).String("status"));

    private static async Task KeysAsync(ApiClient customer)
    {
        for (var n = 0; n < 100; n++) (await PayAsync(n)).Expect(200);
        for (var n = 100; n < 150; n++) (await PayAsync(n)).ExpectProblem(429, "too_many_idempotency_keys");

        Task<Reply> PayAsync(int n) => customer.PostAsync("/v1/subscriptions/n/payment-method", """{"token":"tok_ok"}""", $"k{n}");
    }

    /// <summary>
    /// At most one simulation runs and one waits. A run on a small book may end before the next request, so the number of
    /// refusals varies, but each must have this reason.
    /// </summary>
    private static async Task SimulationsAsync(ApiClient noisy)
    {
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20)
                .Select(_ => noisy.PostAsync("/v1/simulations", """{"months":36,"changes":{"dunning":{"max_retries":20}}}""")));
        Assert.Contains(replies, reply => reply.Status == 202);
        Assert.All(replies.Where(reply => reply.Status != 202), reply => reply.ExpectProblem(429, "too_many_simulations"));
    }

    private static async Task BodiesAsync(ApiClient noisy)
    {
        var large = $$"""{"id":"p","seller_id":"noisy","name":"{{new string('n', 1024 * 1024)}}"}""";
        for (var n = 0; n < 3; n++) (await noisy.PostAsync("/v1/products", large)).ExpectProblem(413, "body_too_large");
    }

    private static async Task StreamsAsync(ApiClient noisy)
    {
        string[] lines =
        [
            $$"""{"type":"cancel","subscription_id":"n","at":"period_end","comment":"{{new string('x', 70_000)}}"}""",
            .. Enumerable.Repeat("""{"type":"cancel","subscription_id":"c0","at":"now"}""", 500),
            .. Enumerable.Repeat("""{"type":"retry","subscription_id":"n"}""", 500),
        ];
        var text = (await noisy.StreamAsync(lines)).Expect(200).Text;
        Assert.Equal(1_001, text.Count(character => character == '\n'));
        Assert.Single(text.Split('\n'), line => line.Contains("line_too_large", StringComparison.Ordinal));
        Assert.Equal(500, text.Split('\n').Count(line => line.Contains("subscription_not_found", StringComparison.Ordinal)));
    }

    private static async Task HistoryAsync(ApiClient noisy)
    {
        for (var batch = 0; batch < 10; batch++)
        {
            var events = string.Join(
                ',', Enumerable.Range(batch * 1_000, 1_000).Select(n => $$"""{"id":"u{{n}}","meter":"m","quantity":1}"""));
            (await noisy.PostAsync("/v1/subscriptions/n/usage", $$"""{"events":[{{events}}]}""")).Expect(200);
            (await noisy.GetAsync("/v1/subscriptions/n/invoices?limit=1")).Expect(200);
            (await noisy.GetAsync("/v1/subscriptions/n/events?limit=200")).Expect(200);
            (await noisy.GetAsync("/v1/subscriptions?limit=200")).Expect(200);
            (await noisy.GetAsync("/v1/subscriptions?limit=201")).ExpectProblem(422, "out_of_range", "limit");
        }
    }

    private static async Task CatalogAsync(ApiClient noisy)
    {
        for (var n = 0; n < 20; n++)
            (await noisy.PutAsync("/v1/offers/noisy_offer", $$"""{"amount":{{Largest}},"addons":[{{AddOns(50)}}]}""")).Expect(200);
        (await noisy.PutAsync("/v1/offers/noisy_offer", $$"""{"amount":1,"addons":[{{AddOns(51)}}]}"""))
            .ExpectProblem(422, "out_of_range", "addons");

        static string AddOns(int count) =>
            string.Join(
                ',', Enumerable.Range(0, count)
                    .Select(n => $$"""{"id":"a{{n}}","name":"{{new string('n', 200)}}","amount":{{Largest}}}"""));
    }

    private static async Task AmountsAsync(ApiClient noisy)
    {
        for (var n = 0; n < 20; n++)
            (await noisy.PostAsync(
                "/v1/subscriptions", Catalog.Subscribe($"large{n}", "noisy_offer", customer: "noisy", fields: ",\"quantity\":100")))
                    .Expect(201);
        (await noisy.PostAsync("/v1/offers", $$"""{"plan_id":"noisy_plan","amount":{{Largest}}0,"currency":"BRL"}"""))
            .ExpectProblem(422, "out_of_range", "amount");
    }
}
