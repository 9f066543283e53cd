using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Retention offers: a customer asks, accepts with one call, and the runtime learns which offer saves the most.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const string Offers =
        """
        ,"retention":{"offers":[
          {"id":"half","reasons":["too_expensive","both"],"discount":{"percent":50,"recurrences":2}},
          {"id":"rest","reasons":["no_time","both"],"pause_days":30},
          {"id":"cheaper","reasons":["not_used"],"paid_recurrences_min":1,"offer_id":"silver_offer"}]}
        """;

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(productFields: Offers);
        await gateway.AlsoSellAsync("silver", 990);
        await gateway.SubscribeAsync("s");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_discount_is_offered_and_its_acceptance_undoes_the_cancellation()
    {
        var alice = await gateway.AsCustomerAsync("alice");
        (await alice.PostAsync("/v1/subscriptions/s/cancel", """{"at":"period_end"}""")).Expect(200);

        var offered = (await alice.PostAsync("/v1/subscriptions/s/retention", """{"reason":"too_expensive"}""")).Expect(200);

        Assert.Equal(
            """{"id":"half","reasons":["too_expensive","both"],"paid_recurrences_min":0,"discount":{"percent":50,"amount":null""" +
            ""","recurrences":2},"pause_days":null,"offer_id":null}""",
            offered.Json.GetProperty("offer").GetRawText());
        Assert.Equal(
            """{"id":"half","reason":"too_expensive"}""", offered.Json.GetProperty("subscription").GetProperty("retention").GetRawText());

        var accepted = (await alice.PostAsync("/v1/subscriptions/s/retention/accept")).Expect(200);
        Assert.True(accepted.IsNull("cancel_at"));
        Assert.True(accepted.IsNull("retention"));
        Assert.Equal(
            """[{"source":"retention","id":"half","code":null,"percent":50,"amount":null,"from_index":2,"to_index":3}]""",
            accepted.Json.GetProperty("discounts").GetRawText());
        (await alice.PostAsync("/v1/subscriptions/s/retention/accept")).ExpectProblem(409, "no_retention_offer");
    }

    [Fact]
    public async Task A_pause_or_a_cheaper_plan_is_offered_by_reason()
    {
        Assert.Equal(30, (await AskAsync("s", "no_time")).Json.GetProperty("offer").GetProperty("pause_days").GetInt32());
        Assert.Equal("2024-03-01T00:00:00Z", (await gateway.AskAsync("s", "retention/accept")).String("paused_until"));

        await gateway.SubscribeAsync("t");
        Assert.Equal("silver_offer", (await AskAsync("t", "not_used")).Json.GetProperty("offer").GetProperty("offer_id").GetString());
        var accepted = await gateway.AskAsync("t", "retention/accept");
        Assert.Equal("silver_offer", accepted.Json.GetProperty("scheduled_change").GetProperty("offer_id").GetString());
        await gateway.AdvanceAsync("2024-02-29T00:00:00Z");
        Assert.Equal(990, (await gateway.ReadAsync("t")).Number("amount"));
    }

    [Fact]
    public async Task One_that_was_accepted_is_the_last_for_half_a_year()
    {
        await AskAsync("s", "not_used");
        await gateway.AskAsync("s", "retention/accept");

        Assert.True((await AskAsync("s", "too_expensive")).IsNull("offer"));
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/retention/accept")).ExpectProblem(409, "no_retention_offer");

        // 180 days from January 31.
        await gateway.AdvanceAsync("2024-07-28T23:59:59Z");
        Assert.True((await AskAsync("s", "too_expensive")).IsNull("offer"));
        await gateway.AdvanceAsync("2024-07-29T00:00:00Z");
        Assert.Equal("half", (await AskAsync("s", "too_expensive")).Json.GetProperty("offer").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_policy_names_no_offer_of_another_product_or_seller()
    {
        await gateway.SellAsync("other", seller: "other");
        await gateway.SellAsync("mine");
        foreach (var offer in new[] { "other_offer", "mine_offer" })
        {
            (await gateway.Admin.PostAsync(
                "/v1/products",
                $$$"""
                {"id":"p","seller_id":"acme","name":"p","retention":{"offers":[{"id":"a","pause_days":1},
                 {"id":"b","offer_id":"{{{offer}}}"}]}}
                """))
                .ExpectProblem(422, "other_product", "retention.offers[1].offer_id");
        }

        (await gateway.Admin.GetAsync("/v1/products/p")).ExpectProblem(404, "product_not_found");
    }

    [Fact]
    public async Task What_a_policy_named_before_it_was_somebody_elses_is_offered_to_nobody()
    {
        await gateway.SellAsync(
            "early",
            productFields: ",\"retention\":{\"offers\":[{\"id\":\"a\",\"offer_id\":\"later_offer\"},{\"id\":\"b\",\"pause_days\":5}]}");
        await gateway.SubscribeAsync("e", "early_offer");
        Assert.Equal("b", (await AskAsync("e", "moved")).Json.GetProperty("offer").GetProperty("id").GetString());

        await gateway.SellAsync("later", seller: "other");
        await gateway.SubscribeAsync("f", "early_offer");
        Assert.Equal("b", (await AskAsync("f", "moved")).Json.GetProperty("offer").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Making_the_product_again_under_its_key_is_a_repeat_also_once_its_cheaper_offer_is_there()
    {
        var body = """{"id":"p","seller_id":"acme","name":"p","retention":{"offers":[{"id":"a","offer_id":"p2_offer"}]}}""";
        (await gateway.Admin.PostAsync("/v1/products", body, "k")).Expect(201);
        await gateway.AlsoSellAsync("p2", 100, product: "p");

        Assert.True((await gateway.Admin.PostAsync("/v1/products", body, "k")).Expect(201).Replayed);
    }

    [Fact]
    public async Task Where_nothing_fits_nothing_is_offered()
    {
        Assert.True((await AskAsync("s", "moved_away")).IsNull("offer"));
        Assert.Equal("""{"id":null,"reason":"moved_away"}""", (await gateway.ReadAsync("s")).Json.GetProperty("retention").GetRawText());
        Assert.True((await gateway.Admin.PostAsync("/v1/subscriptions/s/retention")).Expect(200).IsNull("offer"));

        await gateway.SellAsync("plain");
        await gateway.SubscribeAsync("p", "plain_offer");
        (await gateway.Admin.PostAsync("/v1/subscriptions/p/retention")).ExpectProblem(409, "no_retention_offers");
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/retention", """{"reason":"Not a code"}"""))
            .ExpectProblem(422, "invalid_reason", "reason");
        (await gateway.Admin.PostAsync("/v1/subscriptions/nobody/retention")).ExpectProblem(404, "subscription_not_found");
        (await gateway.Admin.PostAsync("/v1/subscriptions/nobody/retention/accept")).ExpectProblem(404, "subscription_not_found");
    }

    [Fact]
    public async Task The_offer_that_saved_most_is_made_to_whoever_could_have_either()
    {
        for (var n = 0; n < PreferredRetention.AssignedMin; n++)
        {
            await gateway.SubscribeAsync($"leaves{n}");
            await AskAsync($"leaves{n}", "too_expensive");
            (await gateway.Admin.PostAsync($"/v1/subscriptions/leaves{n}/cancel", """{"at":"now"}""")).Expect(200);
            await gateway.SubscribeAsync($"stays{n}");
            await AskAsync($"stays{n}", "no_time");
        }

        // A new instance has no cached answer, so it reads from the statistics what was learned since the first question.
        var fresh = new PreferredRetention(gateway.Port<IStatisticsStore>(), gateway.Port<IClock>(), TimeProvider.System);
        await using var altered = await AlteredGateway.StartAsync(gateway, ports => ports.AddSingleton(fresh));
        var offered = (await altered.Admin.PostAsync("/v1/subscriptions/s/retention", """{"reason":"both"}""")).Expect(200);
        Assert.Equal("rest", offered.Json.GetProperty("offer").GetProperty("id").GetString());
    }

    private async Task<Reply> AskAsync(string id, string reason) =>
        (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/retention", $$"""{"reason":"{{reason}}"}""")).Expect(200);
}
