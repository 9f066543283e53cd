using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Runtime.Tests.WhatIf;
using OrleansBilling.Runtime.WhatIf;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// What-if simulations on a book of four, sold on 2024-01-31 and simulated on 02-10: three at 29.90 BRL, one at 10.00 USD.
/// A fifth has left. Renewals are due on 02-29, 03-31 and 04-30.
/// </summary>
public sealed class SimulationTests : IAsyncLifetime
{
    private const string Certain = """ "payment_success_percent":100,"monthly_churn_percent":0 """;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SellAsync("usd", seller: "other", amount: 1000, currency: "USD");
        foreach (var id in (string[])["a", "b", "c", "gone"]) await gateway.SubscribeAsync(id, customer: id);
        await gateway.SubscribeAsync("d", "usd_offer");
        (await gateway.Admin.PostAsync("/v1/subscriptions/gone/cancel", """{"at":"now"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_dearer_price_is_told_against_the_unchanged_run()
    {
        var done = await AskAsync(
            gateway.Admin,
            $$$"""{"months":2,"seed":7,"changes":{"offers":[{"offer_id":"gold_offer","percent_change":10}]},{{{Certain}}}}""");

        Assert.Equal("done", done.String("status"));
        Assert.Equal("""{"subscriptions_done":4,"subscriptions_total":4,"months":2}""", Raw(done.Json, "progress"));
        Assert.Equal("2024-02-10T00:00:00Z", done.String("from"));
        Assert.Equal("""{"seller_id":null,"product_id":null,"plan_id":null,"offer_id":null}""", Raw(done.Json, "scope"));
        Assert.Equal(
            """{"offers":[{"offer_id":"gold_offer","amount":null,"percent_change":10}],"dunning":null,"apply_to":"existing"}""",
            Raw(done.Json, "changes"));
        Assert.Equal(
            """{"payment_success_percent":100,"retry_success_percent":35,"monthly_churn_percent":0,"churn_history":null""" +
            ""","churn_response":{"per_price_percent":0},"subscriptions_max":1000000}""",
            Raw(done.Json, "assumptions"));

        var result = done.Json.GetProperty("result");
        Assert.Equal("""{"taken":4,"of":4,"factor":1}""", Raw(result, "sample"));
        Assert.Equal(0, result.GetProperty("cut_short").GetInt32());
        Assert.Equal("""[{"currency":"BRL","mrr":8970,"current":3},{"currency":"USD","mrr":1000,"current":1}]""", Raw(result, "start"));
        Assert.Equal(
            """{"month":1,"currency":"BRL","mrr":8970,"current":3,"canceled_voluntary":0,"canceled_involuntary":0,"churn_start":0""" +
            ""","invoices":3,"invoiced":8970,"collected":8970}""",
            result.GetProperty("baseline").GetProperty("months")[0].GetRawText());
        Assert.Equal(["1 BRL 9867", "1 USD 1000", "2 BRL 9867", "2 USD 1000"], Rows(result.GetProperty("changed"), "collected"));
        Assert.Equal(["1 BRL 897", "1 USD 0", "2 BRL 897", "2 USD 0"], Rows(result.GetProperty("difference"), "mrr"));
        Assert.Equal(
            """{"currency":"BRL","mrr":897,"current":0,"canceled_voluntary":0,"canceled_involuntary":0,"churn_start":0,"invoices":0""" +
            ""","invoiced":1794,"collected":1794}""",
            result.GetProperty("difference").GetProperty("totals")[0].GetRawText());
    }

    [Fact]
    public async Task What_is_foretold_happens()
    {
        var foretold = (
            await AskAsync(gateway.Admin, $$$"""{"months":3,"changes":{"dunning":{"max_retries":0}},{{{Certain}}}}""")).Json.GetProperty(
                "result").GetProperty("baseline").GetProperty("totals");
        await gateway.AdvanceAsync("2024-05-10T00:00:00Z");

        var happened = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-02-10&to=2024-05-10")).Expect(200).Json;
        Assert.Equal(
            happened.GetProperty("collected").EnumerateArray()
                .Select(row => (row.GetProperty("currency").GetString(), row.GetProperty("amount").GetInt64())),
            foretold.EnumerateArray().Select(row => (row.GetProperty("currency").GetString(), row.GetProperty("collected").GetInt64())));
        Assert.Equal(
            happened.GetProperty("mrr").EnumerateArray().Select(row => row.GetProperty("amount").GetInt64()),
            foretold.EnumerateArray().Select(row => row.GetProperty("mrr").GetInt64()));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_answer_and_the_book_is_not_touched()
    {
        const string Body = """
            {"months":12,"seed":-5,"payment_success_percent":60.5,"retry_success_percent":20,"monthly_churn_percent":4.125,
             "churn_response":{"per_price_percent":2.5},
             "changes":{"offers":[{"offer_id":"gold_offer","amount":3990}],"dunning":{"max_retries":1,"window_days":5,"schedule_days":[2],
              "on_exhausted":"cancel"},"apply_to":"existing"}}
            """;
        var before = await LiveStateAsync();
        var first = Raw((await AskAsync(gateway.Admin, Body)).Json, "result");
        var second = Raw((await AskAsync(gateway.Admin, Body)).Json, "result");
        var other = Raw((await AskAsync(gateway.Admin, Body.Replace("-5", "6", StringComparison.Ordinal))).Json, "result");

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Equal(before, await LiveStateAsync());
    }

    [Fact]
    public async Task Unless_stated_customers_leave_as_they_did_of_late()
    {
        var done = await AskAsync(gateway.Admin, """{"months":1,"changes":{"dunning":{"max_retries":1}}}""");

        // One of five left within 90 days. The monthly share for 30 days is 1 − 0.8^(1/3).
        var assumptions = done.Json.GetProperty("assumptions");
        Assert.Equal(
            """{"from":"2023-11-13","to":"2024-02-10","canceled":1,"involuntary":0,"current_at_start":0,"new":5,"reactivated":0}""",
            Raw(assumptions, "churn_history"));
        Assert.Equal(7.168m, assumptions.GetProperty("monthly_churn_percent").GetDecimal());
        Assert.Equal(92, assumptions.GetProperty("payment_success_percent").GetDecimal());
        Assert.Equal(1, done.Number("seed"));
    }

    [Fact]
    public async Task A_seller_asks_about_its_own_and_sees_what_it_asked()
    {
        var acme = await gateway.AsSellerAsync("acme");
        var other = await gateway.AsSellerAsync("other");
        var mine = await AskAsync(acme, $$$"""{"months":1,"changes":{"dunning":{"max_retries":1}},{{{Certain}}}}""");
        var admins = await AskAsync(
            gateway.Admin, $$$"""{"months":1,"seller_id":"acme","changes":{"dunning":{"max_retries":1}},{{{Certain}}}}""");

        Assert.Equal("acme", mine.Json.GetProperty("scope").GetProperty("seller_id").GetString());
        Assert.Equal(3, mine.Json.GetProperty("result").GetProperty("sample").GetProperty("taken").GetInt32());
        Assert.Equal(Raw(mine.Json, "result"), Raw(admins.Json, "result"));
        (await other.GetAsync($"/v1/simulations/{mine.String("id")}")).ExpectProblem(404, "simulation_not_found");
        (await other.DeleteAsync($"/v1/simulations/{mine.String("id")}")).ExpectProblem(404, "simulation_not_found");
        Assert.Empty((await other.GetAsync("/v1/simulations")).Expect(200).Data);
        Assert.Equal([mine.String("id")], Ids(await acme.GetAsync("/v1/simulations")));

        var all = await gateway.Admin.GetAsync("/v1/simulations");
        Assert.Equal([admins.String("id"), mine.String("id")], Ids(all));
        Assert.All(all.Data, simulation => Assert.False(simulation.TryGetProperty("result", out _)));

        static IEnumerable<string?> Ids(Reply list) => list.Expect(200).Data.Select(simulation => simulation.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_repeated_key_answers_with_the_same_simulation()
    {
        const string Body = """{"months":1,"changes":{"dunning":{"max_retries":1}}}""";
        var first = (await gateway.Admin.PostAsync("/v1/simulations", Body, "key-1")).Expect(202);
        var again = (await gateway.Admin.PostAsync("/v1/simulations", Body, "key-1")).Expect(202);

        Assert.Equal(first.String("id"), again.String("id"));
        Assert.True(again.Replayed);
        Assert.False(first.Replayed);
        (await gateway.Admin.PostAsync("/v1/simulations", Body.Replace("1", "2", StringComparison.Ordinal), "key-1"))
            .ExpectProblem(422, "idempotency_key_reused", "Idempotency-Key");
        Assert.NotEqual(first.String("id"), (await gateway.Admin.PostAsync("/v1/simulations", Body, "key-2")).Expect(202).String("id"));
        Assert.Equal(2, (await gateway.Admin.GetAsync("/v1/simulations")).Data.Count());
    }

    [Theory]
    [InlineData("""{"changes":{"dunning":{}}}""", 400, "required", "months")]
    [InlineData("""{"months":0,"changes":{"dunning":{}}}""", 422, "out_of_range", "months")]
    [InlineData("""{"months":37,"changes":{"dunning":{}}}""", 422, "out_of_range", "months")]
    [InlineData("""{"months":1}""", 400, "required", "changes")]
    [InlineData("""{"months":1,"changes":{}}""", 400, "required", "changes.offers")]
    [InlineData("""{"months":1,"changes":{"offers":[]}}""", 400, "required", "changes.offers")]
    [InlineData("""{"months":1,"changes":{"offers":[{"offer_id":"gold_offer"}]}}""", 400, "required", "changes.offers[0].amount")]
    [InlineData(
        """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","amount":1,"percent_change":1}]}}""", 422, "ambiguous",
        "changes.offers[0].percent_change")]
    [InlineData(
        """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","amount":-1}]}}""", 422, "out_of_range", "changes.offers[0].amount")]
    [InlineData(
        """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","percent_change":-100.001}]}}""", 422, "out_of_range",
        "changes.offers[0].percent_change")]
    [InlineData(
        """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","percent_change":1.0005}]}}""", 422, "too_precise",
        "changes.offers[0].percent_change")]
    [InlineData(
        """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","percent_change":"1"}]}}""", 400, "wrong_type",
        "changes.offers[0].percent_change")]
    [InlineData(
        """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","percent_change":1e99}]}}""", 422, "out_of_range",
        "changes.offers[0].percent_change")]
    [InlineData(
        """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","amount":1},{"offer_id":"gold_offer","amount":2}]}}""", 422,
        "duplicate", "changes.offers[1].offer_id")]
    [InlineData(
        """{"months":1,"changes":{"offers":[{"offer_id":"gold_offer","amount":1},{"offer_id":"nowhere","amount":2}]}}""", 404,
        "offer_not_found", "changes.offers[1].offer_id")]
    [InlineData("""{"months":1,"changes":{"dunning":{"max_retries":21}}}""", 422, "out_of_range", "changes.dunning.max_retries")]
    [InlineData("""{"months":1,"changes":{"dunning":{"schedule_days":[0]}}}""", 422, "out_of_range", "changes.dunning.schedule_days[0]")]
    [InlineData("""{"months":1,"changes":{"dunning":{},"apply_to":"all"}}""", 422, "invalid_value", "changes.apply_to")]
    [InlineData(
        """{"months":1,"changes":{"dunning":{}},"payment_success_percent":100.1}""", 422, "out_of_range", "payment_success_percent")]
    [InlineData("""{"months":1,"changes":{"dunning":{}},"monthly_churn_percent":-1}""", 422, "out_of_range", "monthly_churn_percent")]
    [InlineData(
        """{"months":1,"changes":{"dunning":{}},"churn_response":{"per_price_percent":1001}}""", 422, "out_of_range",
        "churn_response.per_price_percent")]
    [InlineData("""{"months":1,"changes":{"dunning":{}},"subscriptions_max":0}""", 422, "out_of_range", "subscriptions_max")]
    [InlineData("""{"months":1,"changes":{"dunning":{}},"product_id":"/"}""", 422, "invalid_id", "product_id")]
    public async Task Faults_are_named_by_field_and_rule(string body, int status, string code, string field)
    {
        (await gateway.Admin.PostAsync("/v1/simulations", body)).ExpectProblem(status, code, field);
        Assert.Empty((await gateway.Admin.GetAsync("/v1/simulations")).Expect(200).Data);
    }

    [Fact]
    public async Task Too_many_offers_are_refused()
    {
        var offers = string.Join(',', Enumerable.Range(0, 101).Select(n => $$"""{"offer_id":"o{{n}}","amount":1}"""));
        (await gateway.Admin.PostAsync("/v1/simulations", $$$"""{"months":1,"changes":{"offers":[{{{offers}}}]}}"""))
            .ExpectProblem(422, "out_of_range", "changes.offers");
    }

    [Fact]
    public async Task Progress_shows_while_it_runs_a_full_queue_pushes_back_and_a_simulation_can_be_called_off()
    {
        const string Body = """{"months":1,"changes":{"dunning":{"max_retries":1}}}""";
        var held = new HeldDirectory(gateway.Port<ISubscriptionDirectory>(), holdAtPage: 2);
        await using var simulations = Over(held, new SimulationOptions { PageMax = 2 });
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton(simulations));

        var runs = (await altered.Admin.PostAsync("/v1/simulations", Body)).Expect(202).String("id");
        await held.Reached.WaitAsync(Patience);
        var running = (await altered.Admin.GetAsync($"/v1/simulations/{runs}")).Expect(200);
        Assert.Equal("running", running.String("status"));
        Assert.Equal("""{"subscriptions_done":2,"subscriptions_total":4,"months":1}""", Raw(running.Json, "progress"));
        Assert.True(running.IsNull("result"));

        var waits = (await altered.Admin.PostAsync("/v1/simulations", Body)).Expect(202);
        Assert.Equal("queued", waits.String("status"));
        var refused = (await altered.Admin.PostAsync("/v1/simulations", Body)).ExpectProblem(429, "too_many_simulations");
        Assert.Equal("10", refused.Headers.RetryAfter?.ToString());

        (await altered.Admin.DeleteAsync($"/v1/simulations/{waits.String("id")}")).Expect(204);
        (await altered.Admin.DeleteAsync($"/v1/simulations/{waits.String("id")}")).Expect(204);
        Assert.Equal("canceled", (await altered.Admin.GetAsync($"/v1/simulations/{waits.String("id")}")).Expect(200).String("status"));

        held.Release();
        Assert.Equal("done", (await EndedAsync(altered.Admin, runs!)).String("status"));
    }

    [Fact]
    public async Task A_failure_is_told_with_its_code()
    {
        await using var simulations = Over(
            new HeldDirectory(gateway.Port<ISubscriptionDirectory>(), holdAtPage: 1),
            new SimulationOptions { TimeLimit = TimeSpan.FromMilliseconds(1) });
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton(simulations));
        var id = (await altered.Admin.PostAsync("/v1/simulations", """{"months":1,"changes":{"dunning":{}}}""")).Expect(202).String("id")!;
        var failed = await EndedAsync(altered.Admin, id);
        Assert.Equal("failed", failed.String("status"));
        Assert.Equal("time_limit", failed.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_was_answered_and_what_was_asked_outlives_the_gateway()
    {
        using var directory = new DataDirectory();
        const string Body = """{"months":36,"changes":{"dunning":{"max_retries":1}}}""";
        Reply answered;
        string asked;
        await using (var first = await TestGateway.StartInAsync(directory))
        {
            await first.SellAsync();
            await first.SubscribeAsync("s");
            answered = await EndedAsync(first.Admin, (await first.Admin.PostAsync("/v1/simulations", Body, "k")).Expect(202).String("id")!);
            await first.Port<Simulations>().DisposeAsync();
            asked = (await first.Admin.PostAsync("/v1/simulations", Body)).Expect(202).String("id")!;
        }

        await using var second = await TestGateway.StartInAsync(directory);
        Assert.Equal(answered.Text, (await second.Admin.GetAsync($"/v1/simulations/{answered.String("id")}")).Expect(200).Text);
        var again = (await second.Admin.PostAsync("/v1/simulations", Body, "k")).Expect(202);
        Assert.True(again.Replayed);
        Assert.Equal(answered.Text, again.Text);
        Assert.Equal("done", (await EndedAsync(second.Admin, asked)).String("status"));
    }

    [PostgresFact]
    public async Task Two_gateways_on_one_database_know_and_run_the_same_simulations()
    {
        await using var server = await PostgresServer.StartNewAsync(durable: false);
        var database = await server.CreateBillingDatabaseAsync("billing");
        string[] settings = ["--Billing:Storage=postgres", $"--ConnectionStrings:Billing={database}"];
        await using var one = await TestGateway.StartAsync(settings);
        await using var two = await TestGateway.StartAsync(settings);
        await one.SellAsync();
        await one.SubscribeAsync("s");
        const string Body = """{"months":12,"seed":3,"changes":{"dunning":{"max_retries":1}}}""";

        // This gateway accepts the request but runs no simulations.
        await one.Port<Simulations>().DisposeAsync();
        var id = (await one.Admin.PostAsync("/v1/simulations", Body, "k")).Expect(202).String("id")!;
        var answered = await EndedAsync(one.Admin, id);

        Assert.Equal("done", answered.String("status"));
        Assert.Equal(answered.Text, (await two.Admin.GetAsync($"/v1/simulations/{id}")).Expect(200).Text);
        Assert.Equal(id, (await two.Admin.PostAsync("/v1/simulations", Body, "k")).Expect(202).String("id"));
        Assert.Single((await two.Admin.GetAsync("/v1/simulations")).Expect(200).Data);
        var waits = (await one.Admin.PostAsync("/v1/simulations", Body)).Expect(202).String("id")!;
        (await two.Admin.DeleteAsync($"/v1/simulations/{waits}")).Expect(204);
        Assert.Contains((await EndedAsync(one.Admin, waits)).String("status"), (string[])["canceled", "done"]);
    }

    [Fact]
    public async Task One_sellers_waiting_simulation_is_not_in_the_way_of_anothers()
    {
        const string Body = """{"months":1,"changes":{"dunning":{"max_retries":1}}}""";
        var held = new HeldDirectory(gateway.Port<ISubscriptionDirectory>(), holdAtPage: 1);
        await using var simulations = Over(held, new SimulationOptions());
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton(simulations));
        var acme = altered.As(
            (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"acme"}""")).Expect(201).String("key"));
        var other = altered.As(
            (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"other"}""")).Expect(201).String("key"));
        (await acme.PostAsync("/v1/simulations", Body)).Expect(202);
        await held.Reached.WaitAsync(Patience);
        (await acme.PostAsync("/v1/simulations", Body)).Expect(202);
        for (var n = 0; n < 10; n++) (await acme.PostAsync("/v1/simulations", Body)).ExpectProblem(429, "too_many_simulations");

        var asked = (await other.PostAsync("/v1/simulations", Body)).Expect(202).String("id")!;
        held.Release();
        Assert.Equal("done", (await EndedAsync(other, asked)).String("status"));
    }

    private static async Task<Reply> AskAsync(ApiClient client, string body)
    {
        var id = (await client.PostAsync("/v1/simulations", body)).Expect(202).String("id")!;
        return await EndedAsync(client, id);
    }

    private static async Task<Reply> EndedAsync(ApiClient client, string id) => await Eventually.ReadAsync(
        async () => (await client.GetAsync($"/v1/simulations/{id}")).Expect(200),
        simulation => simulation.String("status") is not ("queued" or "running"));

    /// <summary>A separate process that runs simulations of this gateway's book.</summary>
    private Simulations Over(ISubscriptionDirectory directory, SimulationOptions options)
    {
        var simulations = new Simulations(
            new MemorySimulations(), directory, gateway.Port<SubscriptionReader>(), "runner", options, TimeProvider.System,
            NullLogger<Simulations>.Instance);
        simulations.Start();
        return simulations;
    }

    /// <summary>Everything that a run could have changed: subscriptions with their versions, events and counters.</summary>
    private async Task<string> LiveStateAsync()
    {
        var texts = new List<string>();
        foreach (
            var path in (
                string[])["/v1/subscriptions", "/v1/subscriptions/a/events", "/v1/subscriptions/a/invoices", "/v1/statistics/summary",
                "/v1/statistics/cancellations"])
            texts.Add((await gateway.Admin.GetAsync(path)).Expect(200).Text);
        return string.Join('\n', texts);
    }

    private static string Raw(JsonElement json, string name) => json.GetProperty(name).GetRawText();

    private static IEnumerable<string> Rows(JsonElement run, string figure) =>
        run.GetProperty("months").EnumerateArray()
            .Select(row => $"{row.GetProperty("month")} {row.GetProperty("currency")} {row.GetProperty(figure)}");

    /// <summary>A directory that blocks before one of its pages.</summary>
    private sealed class HeldDirectory(ISubscriptionDirectory inner, int holdAtPage) : ISubscriptionDirectory
    {
        private readonly TaskCompletionSource reached = new();
        private readonly TaskCompletionSource released = new();
        private int pages;

        public Task Reached => reached.Task;

        public void Release() => released.SetResult();

        public async ValueTask<IReadOnlyList<StoredSubscription>> ListAsync(
            DirectoryFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
        {
            if (++pages == holdAtPage)
            {
                reached.SetResult();
                await released.Task.WaitAsync(cancellationToken);
            }

            return await inner.ListAsync(filter, afterId, limit, cancellationToken);
        }
    }
}
