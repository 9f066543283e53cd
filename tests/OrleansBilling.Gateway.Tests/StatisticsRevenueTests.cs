using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>How recurring revenue changed, and the forecast, in the spring of <see cref="StatisticsStory"/>.</summary>
public sealed class StatisticsRevenueTests(StatisticsStory story) : IClassFixture<StatisticsStory>
{
    private ApiClient Admin => story.Gateway.Admin;

    [Fact]
    public async Task Movements_of_each_month_and_currency_lead_from_its_start_to_its_end() => Assert.Equal(
        [
            Row("2024-01", "BRL", 0, 11_960, 0, 0, 0, 0, 0, 0, 0, 11_960),
            Row("2024-01", "USD", 0, 1_000, 0, 0, 0, 0, 0, 0, 0, 1_000),
            Row("2024-02", "BRL", 11_960, 0, 2_010, 0, -2_990, 0, -2_990, 0, 0, 7_990),
            Row("2024-02", "USD", 1_000, 0, 0, 0, 0, 0, 0, 0, 0, 1_000),
            Row("2024-03", "BRL", 7_990, 500, 0, -990, 0, 2_990, 0, 2_990, 0, 13_480),
            Row("2024-03", "USD", 1_000, 0, 0, 0, -1_000, 0, 0, 0, 0, 0),
        ],
        await MovementsAsync("from=2024-01-01&to=2024-03-31"));

    [Fact]
    public async Task Of_one_plan_they_tell_what_plan_changes_carried_in_and_out()
    {
        Assert.Equal(
            [Row("2024-02", "BRL", 11_960, 0, 0, 0, -2_990, 0, -2_990, 0, -2_990, 2_990)],
            await MovementsAsync("from=2024-02-01&to=2024-02-29&plan_id=gold_plan"));
        Assert.Equal(
            [Row("2024-02", "BRL", 0, 0, 2_010, 0, 0, 0, 0, 0, 2_990, 5_000)],
            await MovementsAsync("from=2024-02-01&to=2024-02-29&offer_id=big_offer"));
        Assert.Equal(
            [Row("2024-03", "BRL", 0, 0, 0, -990, 0, 0, 0, 0, 2_990, 2_000)],
            await MovementsAsync("from=2024-03-01&to=2024-03-31&plan_id=year_plan"));
    }

    [Fact]
    public async Task A_range_within_a_month_begins_with_what_there_was() => Assert.Equal(
        [Row("2024-02", "BRL", 8_970, 0, 2_010, 0, 0, 0, -2_990, 0, 0, 7_990)],
        await MovementsAsync("from=2024-02-15&to=2024-02-20&seller_id=acme&product_id=gold_product"));

    [Theory]
    [InlineData("")]
    [InlineData("&seller_id=acme")]
    [InlineData("&product_id=gold_product")]
    [InlineData("&plan_id=gold_plan")]
    [InlineData("&plan_id=big_plan")]
    [InlineData("&offer_id=year_offer")]
    [InlineData("&offer_id=trial_offer")]
    public async Task Start_and_movements_add_up_to_the_end_which_is_the_next_start_and_in_the_end_the_summary(string filter)
    {
        var rows = (await Admin.GetAsync($"/v1/statistics/mrr-movements?from=2024-01-01&to=2024-03-31{filter}")).Expect(200).Data.ToList();
        Assert.NotEmpty(rows);
        var ends = new Dictionary<string, long>();
        foreach (var row in rows)
        {
            var currency = row.GetProperty("currency").GetString()!;
            Assert.Equal(ends.GetValueOrDefault(currency), Number("start"));
            string[] movements = ["new", "expansion", "contraction", "churn", "completed", "reactivation", "paused", "resumed", "moved"];
            Assert.Equal(Number("end"), Number("start") + movements.Sum(Number));
            ends[currency] = Number("end");

            long Number(string name) => row.GetProperty(name).GetInt64();
        }

        var summary = (await Admin.GetAsync($"/v1/statistics/summary?{filter.TrimStart('&')}")).Expect(200);
        Assert.Equal(
            ends.Where(end => end.Value != 0).Select(end => (end.Key, end.Value)).Order(),
            summary.Json.GetProperty("mrr").EnumerateArray()
                .Select(mrr => (mrr.GetProperty("currency").GetString()!, mrr.GetProperty("amount").GetInt64())));
    }

    [Fact]
    public async Task The_book_brings_what_renews_in_each_month_and_less_of_it_the_more_leave()
    {
        var forecast = (await Admin.GetAsync("/v1/statistics/forecast?months=13")).Expect(200);

        // a, c and t renew early in April, b on the 30th; d in March of the next year.
        var months = forecast.Data.ToList();
        Assert.Equal(13, months.Count);
        Assert.Equal(("2024-03", "BRL", 0), Month(months[0]));
        Assert.Equal(("2024-04", "BRL", 11_480), Month(months[1]));
        Assert.All(months[2..12], month => Assert.Equal(11_480, Month(month).Contracted));
        Assert.Equal(("2025-03", "BRL", 35_480), Month(months[12]));

        // a and e left within 90 days. a, b, c, d, e and t were new, and a was reactivated once.
        var churn = forecast.Json.GetProperty("churn");
        Assert.Equal("2024-03-31", forecast.String("as_of"));
        Assert.Equal(("2024-01-02", "2024-03-31"), (churn.GetProperty("from").GetString(), churn.GetProperty("to").GetString()));
        Assert.Equal(
            (2, 0, 6, 1),
            (churn.GetProperty("canceled").GetInt32(), churn.GetProperty("current_at_start").GetInt32(),
                churn.GetProperty("new").GetInt32(), churn.GetProperty("reactivated").GetInt32()));
        Assert.Equal(2 / 7d, churn.GetProperty("rate").GetDouble(), 12);
        Assert.Equal(1 - Math.Cbrt(5 / 7d), churn.GetProperty("monthly").GetDouble(), 12);
        Assert.Equal([0, 10_262, 9_173, 8_200], months[..4].Select(month => month.GetProperty("expected").GetInt64()));
        Assert.Equal(35_480 * Math.Pow(5 / 7d, 4), months[12].GetProperty("expected").GetInt64(), 0.5);

        static (string, string, long Contracted) Month(System.Text.Json.JsonElement month) =>
            (month.GetProperty("month").GetString()!, month.GetProperty("currency").GetString()!,
                month.GetProperty("contracted").GetInt64());
    }

    [Theory]
    [InlineData("seller_id=beta", 500)]
    [InlineData("product_id=gold_product", 10_980)]
    [InlineData("plan_id=big_plan", 5_000)]
    [InlineData("offer_id=gold_offer", 5_980)]
    public async Task The_book_can_be_narrowed_down(string filter, long april)
    {
        var months = (await Admin.GetAsync($"/v1/statistics/forecast?{filter}")).Expect(200).Data.ToList();
        Assert.Equal(12, months.Count);
        Assert.Equal(april, months[1].GetProperty("contracted").GetInt64());
    }

    [Fact]
    public async Task Of_nobody_nothing_is_shown_and_nobody_is_expected_to_leave()
    {
        Assert.Empty(await MovementsAsync("from=2023-01-01&to=2023-12-31"));
        Assert.Empty(await MovementsAsync("seller_id=nobody"));
        var forecast = (await Admin.GetAsync("/v1/statistics/forecast?seller_id=nobody")).Expect(200);
        Assert.Empty(forecast.Data);
        Assert.Equal(
            """{"from":"2024-01-02","to":"2024-03-31","canceled":0,"involuntary":0,"current_at_start":0,"new":0,"reactivated":0""" +
            ""","rate":null,"monthly":null}""",
            forecast.Json.GetProperty("churn").GetRawText());
    }

    [Theory]
    [InlineData("mrr-movements?from=2024-03-01&to=2024-02-01", "out_of_range", "from")]
    [InlineData("mrr-movements?from=2004-01-01&to=2024-02-01", "out_of_range", "from")]
    [InlineData("mrr-movements?to=yesterday", "invalid_date", "to")]
    [InlineData("forecast?months=0", "out_of_range", "months")]
    [InlineData("forecast?months=25", "out_of_range", "months")]
    [InlineData("forecast?offer_id=a/b", "invalid_id", "offer_id")]
    public async Task What_cannot_be_asked_is_told_with_its_field(string question, string code, string field) =>
        (await Admin.GetAsync($"/v1/statistics/{question}")).ExpectProblem(422, code, field);

    [Theory]
    [InlineData("forecast?months=many", "wrong_type", "months")]
    [InlineData("forecast?from=2024-01-01", "unknown_field", "from")]
    [InlineData("mrr-movements?months=3", "unknown_field", "months")]
    public async Task What_is_not_understood_is_told_with_its_field(string question, string code, string field) =>
        (await Admin.GetAsync($"/v1/statistics/{question}")).ExpectProblem(400, code, field);

    private async Task<IEnumerable<string>> MovementsAsync(string question) =>
        (await Admin.GetAsync($"/v1/statistics/mrr-movements?{question}")).Expect(200).Data.Select(row => row.GetRawText());

    private static string Row(
        string month, string currency, long start, long added, long expansion, long contraction, long churn, long reactivation, long paused,
        long resumed, long moved, long end) =>
        $$"""{"month":"{{month}}","currency":"{{currency}}","start":{{start}},"new":{{added}},"expansion":{{expansion}},"contraction":""" +
        $$"""{{contraction}},"churn":{{churn}},"completed":0,"reactivation":{{reactivation}},"paused":{{paused}},"resumed":{{resumed}}""" +
        $$""","moved":{{moved}},"end":{{end}}}""";
}
