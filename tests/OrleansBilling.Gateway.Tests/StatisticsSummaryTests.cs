using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The summary agrees with the subscriptions themselves and includes chargebacks.</summary>
public sealed class StatisticsSummaryTests(StatisticsStory story) : IClassFixture<StatisticsStory>
{
    private static readonly string[] Statuses = ["pending", "trialing", "active", "past_due", "paused", "canceled", "expired", "completed"];

    [Theory]
    [InlineData("")]
    [InlineData("&seller_id=beta")]
    [InlineData("&product_id=gold_product")]
    [InlineData("&plan_id=gold_plan")]
    [InlineData("&offer_id=year_offer")]
    public async Task Counts_equal_the_lists_of_subscriptions(string filter)
    {
        var counts = (await story.Gateway.Admin.GetAsync($"/v1/statistics/summary?from=2024-03-31{filter}"))
            .Expect(200).Json.GetProperty("counts");
        Assert.NotEqual(0, counts.EnumerateObject().Sum(count => count.Value.GetInt64()));
        foreach (var status in Statuses)
        {
            var listed = (await story.Gateway.Admin.GetAsync($"/v1/subscriptions?limit=200&status={status}{filter}"))
                .Expect(200).Data.Count();
            Assert.Equal(listed, counts.GetProperty(status).GetInt64());
        }
    }

    [Fact]
    public async Task Chargebacks_are_counted_and_summed_by_currency()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(productFields: ",\"on_chargeback\":\"keep\"");
        await gateway.SellAsync("usd", amount: 1000, currency: "USD");
        await gateway.SubscribeAsync("kept");
        await gateway.SubscribeAsync("ended", "usd_offer");
        await gateway.AdvanceAsync("2024-03-01T12:00:00Z");
        foreach (var key in (string[])["kept:1:1", "kept:2:1", "ended:2:1"])
            (await gateway.Admin.PostAsync("/v1/payments/chargebacks", $$"""{"key":"{{key}}","reason":"fraud"}""")).Expect(200);

        var summary = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-01-31")).Expect(200).Json;
        Assert.Equal(3, summary.GetProperty("chargebacks").GetInt64());
        Assert.Equal("""[{"currency":"BRL","amount":5980},{"currency":"USD","amount":1000}]""", Raw("charged_back"));
        Assert.Equal("""[{"currency":"BRL","amount":5980},{"currency":"USD","amount":2000}]""", Raw("collected"));
        Assert.Equal("[]", Raw("refunded"));
        Assert.Equal((1, 0, 1), (Number("canceled"), Number("voluntary"), Number("involuntary")));

        // Money that was charged back does not count in anyone's lifetime value.
        var canceled = (await gateway.Admin.GetAsync("/v1/statistics/cancellations?from=2024-01-31")).Expect(200);
        Assert.Equal(1000, canceled.Number("ltv"));

        var before = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-01-31&to=2024-02-29")).Expect(200);
        Assert.Equal(0, before.Number("chargebacks"));
        Assert.Empty(before.Json.GetProperty("charged_back").EnumerateArray());

        string Raw(string name) => summary.GetProperty(name).GetRawText();

        long Number(string name) => summary.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task Trials_that_convert_and_overdue_invoices_that_are_paid_are_set_against_those_that_might_have()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("trial", trialDays: 7);
        await gateway.SubscribeAsync("converted", "trial_offer");
        await gateway.SubscribeAsync("recovered", "trial_offer", token: "tok_decline_1");
        await gateway.SubscribeAsync("left", "trial_offer");
        await gateway.AdvanceAsync("2024-02-03T00:00:00Z");
        await gateway.AskAsync("left", "cancel", """{"at":"now"}""");
        await gateway.AdvanceAsync("2024-02-20T00:00:00Z");

        var summary = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-01-31")).Expect(200).Json;
        AssertRatio("trial_conversion", 2, 3);
        AssertRatio("recovery_rate", 1, 1);
        Assert.Equal((0, 1), (summary.GetProperty("canceled").GetInt64(), summary.GetProperty("trials_lost").GetInt64()));

        void AssertRatio(string name, long numerator, long denominator)
        {
            var ratio = summary.GetProperty(name);
            Assert.Equal(
                (numerator, denominator), (ratio.GetProperty("numerator").GetInt64(), ratio.GetProperty("denominator").GetInt64()));
            Assert.Equal((double)numerator / denominator, ratio.GetProperty("rate").GetDouble(), 12);
        }
    }

    [Theory]
    [InlineData("mrr-movements")]
    [InlineData("forecast")]
    [InlineData("cohorts")]
    [InlineData("retention?product_id=gold_product")]
    [InlineData("retention?product_id=trial_product")]
    public async Task A_seller_sees_its_own_and_may_not_ask_for_another(string question)
    {
        var (acme, beta) = (await story.Gateway.AsSellerAsync("acme"), await story.Gateway.AsSellerAsync("beta"));
        var path = $"/v1/statistics/{question}";
        var more = question.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (seller, id, other) in (ValueTuple<ApiClient, string, string>[])[(acme, "acme", "beta"), (beta, "beta", "acme")])
        {
            (await seller.GetAsync($"{path}{more}seller_id={other}")).ExpectProblem(403, "forbidden", "seller_id");
            if (question.Contains("product_id", StringComparison.Ordinal)) continue;
            var own = (await seller.GetAsync(path)).Expect(200);
            Assert.Equal(own.Text, (await story.Gateway.Admin.GetAsync($"{path}{more}seller_id={id}")).Expect(200).Text);
            Assert.NotEqual(own.Text, (await story.Gateway.Admin.GetAsync(path)).Expect(200).Text);
        }

        var customer = await story.Gateway.AsCustomerAsync("a");
        (await customer.GetAsync(path)).ExpectProblem(403, "forbidden");
        (await story.Gateway.As(null).GetAsync(path)).ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Assumptions_are_told_in_the_description()
    {
        var paths = (await story.Gateway.As(null).GetAsync("/openapi/v1.json")).Expect(200).Json.GetProperty("paths");
        Assert.Contains("fixed number of recurrences", Description("forecast"), StringComparison.Ordinal);
        Assert.Contains("add up to end exactly", Description("mrr-movements"), StringComparison.Ordinal);
        Assert.EndsWith("For administrators and sellers.", Description("cohorts"), StringComparison.Ordinal);

        string Description(string name) =>
            paths.GetProperty($"/v1/statistics/{name}").GetProperty("get").GetProperty("description").GetString()!;
    }
}
