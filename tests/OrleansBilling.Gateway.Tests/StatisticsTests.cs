using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// Figures for a small history that can be counted by hand. Sold on 2024-01-31 at 29.90 BRL a month: a, b, c, d; and e at
/// 10.00 USD. On 02-10 the customer cancels a. On 02-29 the other four renew, except d, whose card is declined. On 03-15
/// the seller cancels b, and f is sold. On 03-23 dunning cancels d.
/// </summary>
public sealed class StatisticsTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SellAsync("usd", amount: 1000, currency: "USD");
        foreach (var id in (string[])["a", "b", "c", "d"]) await gateway.SubscribeAsync(id, customer: id);
        await gateway.SubscribeAsync("e", "usd_offer");
        (await gateway.Admin.PostAsync("/v1/subscriptions/d/payment-method", """{"token":"tok_insufficient_funds"}""")).Expect(200);

        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        (await (await gateway.AsCustomerAsync("a")).PostAsync("/v1/subscriptions/a/cancel", """{"at":"now"}""")).Expect(200);
        await gateway.AdvanceAsync("2024-03-15T00:00:00Z");
        (await (await gateway.AsSellerAsync("acme")).PostAsync("/v1/subscriptions/b/cancel", """{"at":"now","refund":"full"}"""))
            .Expect(200);
        await gateway.SubscribeAsync("f");
        await gateway.AdvanceAsync("2024-03-31T12:00:00Z");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task Cancellations_of_a_range_are_counted_with_their_rates()
    {
        var march = (await gateway.Admin.GetAsync("/v1/statistics/cancellations?from=2024-03-01&to=2024-03-31")).Expect(200);

        Assert.Equal("2024-03-01", march.String("from"));
        Assert.Equal("2024-03-31", march.String("to"));
        Assert.Equal(2, march.Number("canceled"));
        Assert.Equal(3, march.Number("current"));
        Assert.Equal(4, march.Number("current_at_start"));
        Assert.Equal(1, march.Number("new"));
        Assert.Equal(2 / 3d, Double(march, "rate"), 12);
        Assert.Equal(0.5, Double(march, "churn_start"), 12);
        Assert.Equal(0.4, Double(march, "churn_rolling"), 12);
        Assert.Equal(5, march.Number("churn_rolling_base"));
        Assert.Equal((0, 1, 1), (march.Number("voluntary"), march.Number("seller_initiated"), march.Number("involuntary")));
        Assert.Equal(
            (0, 0, 0, 0),
            (march.Number("reactivated"), march.Number("trials_lost"), march.Number("never_paid"), march.Number("completed")));

        // b lasted 44 days and paid twice, once refunded. d lasted 52 days and paid once.
        Assert.Equal((44 + 52) / 2d, Double(march, "lt_days"), 9);
        Assert.Equal(1.5, Double(march, "average_paid_recurrences"), 9);
        Assert.Equal(2990, march.Number("ltv"));
        Assert.Equal("BRL", march.String("currency"));
        Assert.Equal(2, march.Json.GetProperty("by_currency")[0].GetProperty("canceled").GetInt32());
    }

    [Fact]
    public async Task Nothing_divided_by_nothing_is_null()
    {
        var empty = (await gateway.Admin.GetAsync("/v1/statistics/cancellations?from=2023-01-01&to=2023-01-31")).Expect(200);
        Assert.Equal(0, empty.Number("canceled"));
        foreach (var name in (string[])["rate", "churn_start", "churn_rolling", "lt_days", "ltv", "currency", "average_paid_recurrences"])
            Assert.True(empty.IsNull(name), name);
        Assert.Empty(empty.Json.GetProperty("by_currency").EnumerateArray());
    }

    [Fact]
    public async Task Two_currencies_are_never_added_up()
    {
        (await gateway.Admin.PostAsync("/v1/subscriptions/e/cancel", """{"at":"now"}""")).Expect(200);
        var both = (await gateway.Admin.GetAsync("/v1/statistics/cancellations?from=2024-03-01&to=2024-03-31")).Expect(200);
        Assert.True(both.IsNull("ltv"));
        Assert.True(both.IsNull("currency"));
        Assert.Equal(
            [("BRL", 2, 2990L), ("USD", 1, 3000L)],
            both.Json.GetProperty("by_currency").EnumerateArray()
                .Select(c =>
                    (c.GetProperty("currency").GetString()!, c.GetProperty("canceled").GetInt32(), c.GetProperty("ltv").GetInt64())));
    }

    [Fact]
    public async Task Months_follow_one_another()
    {
        var months = (await gateway.Admin.GetAsync("/v1/statistics/cancellations/monthly?from=2024-01-15&to=2024-03-31"))
            .Expect(200).Data.ToList();
        Assert.Equal(["2024-01", "2024-02", "2024-03"], months.Select(m => m.GetProperty("month").GetString()));
        Assert.Equal([0, 1, 2], months.Select(m => m.GetProperty("canceled").GetInt32()));
        Assert.Equal([5, 4, 3], months.Select(m => m.GetProperty("current").GetInt32()));
        Assert.Equal([0, 5, 4], months.Select(m => m.GetProperty("current_at_start").GetInt32()));
        Assert.Equal([5, 0, 1], months.Select(m => m.GetProperty("new").GetInt32()));
        Assert.Equal(0.25, months[1].GetProperty("rate").GetDouble(), 12);
        Assert.Equal("2024-01-15", months[0].GetProperty("from").GetString());
        Assert.Equal("2024-01-31", months[0].GetProperty("to").GetString());
        Assert.False(months[0].TryGetProperty("offer_id", out _));
    }

    [Theory]
    [InlineData("product")]
    [InlineData("plan")]
    [InlineData("offer")]
    public async Task Months_can_be_broken_down(string by)
    {
        var rows = (await gateway.Admin.GetAsync($"/v1/statistics/cancellations/monthly?from=2024-02-01&to=2024-03-31&group_by={by}"))
            .Expect(200).Data;
        Assert.Equal(
            [($"gold_{by}", "2024-02", 1, 3), ($"gold_{by}", "2024-03", 2, 2), ($"usd_{by}", "2024-02", 0, 1),
                ($"usd_{by}", "2024-03", 0, 1)],
            rows.Select(
                r => (r.GetProperty($"{by}_id").GetString()!, r.GetProperty("month").GetString()!, r.GetProperty("canceled").GetInt32(),
                    r.GetProperty("current").GetInt32())));
    }

    [Theory]
    [InlineData("offer_id=usd_offer", 0)]
    [InlineData("plan_id=gold_plan", 2)]
    [InlineData("product_id=gold_product", 2)]
    [InlineData("seller_id=acme", 2)]
    [InlineData("seller_id=nobody", 0)]
    public async Task Filters_narrow_what_is_counted(string filter, int canceled) =>
        Assert.Equal(
            canceled,
            (await gateway.Admin.GetAsync($"/v1/statistics/cancellations?from=2024-03-01&to=2024-03-31&{filter}")).Expect(200)
                .Number("canceled"));

    [Fact]
    public async Task Months_tell_who_canceled()
    {
        var months = (await gateway.Admin.GetAsync("/v1/statistics/cancellations/origins?from=2024-02-01&to=2024-03-31"))
            .Expect(200).Data.Select(m => m.GetRawText());
        Assert.Equal(
            [
                """{"month":"2024-02","customer":1,"administrator":0,"seller":0,"system":0,"canceled":1}""",
                """{"month":"2024-03","customer":0,"administrator":0,"seller":1,"system":1,"canceled":2}""",
            ],
            months);
    }

    [Fact]
    public async Task Days_tell_who_came_and_who_left()
    {
        var days = (await gateway.Admin.GetAsync("/v1/statistics/cancellations/daily?from=2024-03-14&to=2024-03-23"))
            .Expect(200).Data.Select(d => d.GetRawText()).ToList();
        Assert.Equal(10, days.Count);
        Assert.Equal(
            """{"day":"2024-03-14","new":0,"reactivated":0,"canceled":0,"customer":0,"administrator":0,"seller":0,"system":0""" +
            ""","completed":0,"trials_lost":0,"never_paid":0,"current":4,"rate":0}""",
            days[0]);
        Assert.Equal(
            """{"day":"2024-03-15","new":1,"reactivated":0,"canceled":1,"customer":0,"administrator":0,"seller":1,"system":0""" +
            ""","completed":0,"trials_lost":0,"never_paid":0,"current":4,"rate":0.25}""",
            days[1]);
        Assert.Contains(
            "\"day\":\"2024-03-23\",\"new\":0,\"reactivated\":0,\"canceled\":1,\"customer\":0,\"administrator\":0,\"seller\":0," +
            "\"system\":1,\"completed\":0,\"trials_lost\":0,\"never_paid\":0,\"current\":3",
            days[9], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_shows_the_business_at_a_glance()
    {
        var summary = (await gateway.Admin.GetAsync("/v1/statistics/summary?from=2024-01-31")).Expect(200);

        Assert.Equal("2024-03-31", summary.String("to"));
        Assert.Equal("""[{"currency":"BRL","amount":5980},{"currency":"USD","amount":1000}]""", Raw("mrr"));
        Assert.Equal(
            """{"pending":0,"trialing":0,"active":3,"past_due":0,"paused":0,"canceled":3,"expired":0,"completed":0}""", Raw("counts"));
        Assert.Equal(6, summary.Number("new"));
        Assert.Equal(3, summary.Number("canceled"));
        Assert.Equal((1, 1, 1), (summary.Number("voluntary"), summary.Number("seller_initiated"), summary.Number("involuntary")));
        Assert.Equal(3, summary.Number("current"));
        Assert.Equal(Raw("mrr"), Raw("mrr_list"));
        Assert.Equal("""{"rate":null,"numerator":0,"denominator":0}""", Raw("trial_conversion"));
        Assert.Equal("""{"rate":0,"numerator":0,"denominator":1}""", Raw("recovery_rate"));

        // Due on 02-29: b, c, d, e. Due again by 03-31: c and e. a and b left with a paid period, d with an unpaid one.
        Assert.Equal("""{"rate":0.8333333333333334,"numerator":5,"denominator":6}""", Raw("renewal_payment_rate"));
        Assert.Equal("""{"rate":0.625,"numerator":5,"denominator":8}""", Raw("renewal_rate"));
        Assert.Equal(11, summary.Number("paid_recurrences"));

        // BRL: the first payments of a, b, c, d and f, b and c on 02-29, c on 03-31.
        Assert.Equal("""[{"currency":"BRL","amount":23920},{"currency":"USD","amount":3000}]""", Raw("collected"));
        Assert.Equal("""[{"currency":"BRL","amount":2990}]""", Raw("refunded"));

        string Raw(string name) => summary.Json.GetProperty(name).GetRawText();
    }

    [Fact]
    public async Task Unless_told_the_last_thirty_days_count()
    {
        var usual = (await gateway.Admin.GetAsync("/v1/statistics/cancellations")).Expect(200);
        Assert.Equal("2024-03-02", usual.String("from"));
        Assert.Equal("2024-03-31", usual.String("to"));
    }

    private static double Double(Reply reply, string name) => reply.Json.GetProperty(name).GetDouble();
}
