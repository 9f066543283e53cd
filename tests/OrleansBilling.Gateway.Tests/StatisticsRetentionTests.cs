using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Cohorts in the spring of <see cref="StatisticsStory"/>, and the effect of retention offers.</summary>
public sealed class StatisticsRetentionTests(StatisticsStory story) : IClassFixture<StatisticsStory>
{
    private ApiClient Admin => story.Gateway.Admin;

    [Fact]
    public async Task Cohorts_tell_by_month_of_start_how_many_are_left_at_the_end_of_each_month() => Assert.Equal(
        [
            // a is gone in February, e from March on. c is only paused, so it stays.
            """{"month":"2024-01","joined":5,"retained":[{"month":"2024-01","age":0,"count":5,"completed":0,"rate":1},""" +
            """{"month":"2024-02","age":1,"count":4,"completed":0,"rate":0.8},{"month":"2024-03","age":2,"count":4,"completed":0""" +
            ""","rate":0.8}]}""",

            // t's trial began in February and turned into a paid period in March.
            """{"month":"2024-02","joined":1,"retained":[{"month":"2024-02","age":0,"count":0,"completed":0,"rate":0},""" +
            """{"month":"2024-03","age":1,"count":1,"completed":0,"rate":1}]}""",
            """{"month":"2024-03","joined":0,"retained":[{"month":"2024-03","age":0,"count":0,"completed":0,"rate":null}]}""",
        ],
        await CohortsAsync("from=2024-01-31&to=2024-03-31"));

    [Fact]
    public async Task Cohorts_are_followed_up_to_the_last_day_and_never_into_the_future()
    {
        Assert.Equal(
            ["""{"month":"2024-01","joined":5,"retained":[{"month":"2024-01","age":0,"count":5,"completed":0,"rate":1},""" +
             """{"month":"2024-02","age":1,"count":5,"completed":0,"rate":1}]}""",
            """{"month":"2024-02","joined":0,"retained":[{"month":"2024-02","age":0,"count":0,"completed":0,"rate":null}]}"""],
            await CohortsAsync("from=2024-01-01&to=2024-02-09"));

        var future = (await Admin.GetAsync("/v1/statistics/cohorts?from=2024-01-01&to=2024-06-30")).Expect(200).Data.ToList();
        Assert.Equal([3, 2, 1, 0, 0, 0], future.Select(cohort => cohort.GetProperty("retained").GetArrayLength()));
    }

    [Fact]
    public async Task Unless_told_the_last_twelve_months_of_start_are_shown()
    {
        var months = (await Admin.GetAsync("/v1/statistics/cohorts"))
            .Expect(200).Data.Select(cohort => cohort.GetProperty("month").GetString()).ToList();
        Assert.Equal(12, months.Count);
        Assert.Equal(("2023-04", "2024-03"), (months[0], months[^1]));
    }

    [Theory]
    [InlineData("product_id=gold_product", 4, 4)]
    [InlineData("seller_id=beta", 0, 0)]
    [InlineData("offer_id=usd_offer", 1, 0)]
    [InlineData("plan_id=gold_plan", 4, 2)]
    [InlineData("plan_id=big_plan", 0, 1)]
    public async Task Cohorts_can_be_narrowed_down(string filter, int joined, int left)
    {
        var january = (await Admin.GetAsync($"/v1/statistics/cohorts?from=2024-01-01&{filter}")).Expect(200).Data.First();
        Assert.Equal(joined, january.GetProperty("joined").GetInt32());
        Assert.Equal(left, january.GetProperty("retained")[2].GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task All_cohorts_together_are_those_who_run_or_stand_still()
    {
        var left = (await Admin.GetAsync("/v1/statistics/cohorts?from=2024-01-01")).Expect(200).Data
            .Sum(cohort => cohort.GetProperty("retained").EnumerateArray().Last().GetProperty("count").GetInt64());
        var counts = (await Admin.GetAsync("/v1/statistics/summary")).Expect(200).Json.GetProperty("counts");
        Assert.Equal(
            counts.GetProperty("active").GetInt64() + counts.GetProperty("past_due").GetInt64() + counts.GetProperty("paused").GetInt64(),
            left);
        Assert.Equal(5, left);
    }

    [Fact]
    public async Task Ten_years_of_cohorts_are_the_most()
    {
        Assert.Equal(120, (await Admin.GetAsync("/v1/statistics/cohorts?from=2014-04-30&to=2024-03-31")).Expect(200).Data.Count());
        (await Admin.GetAsync("/v1/statistics/cohorts?from=2014-03-31&to=2024-03-31")).ExpectProblem(422, "out_of_range", "from");
        (await Admin.GetAsync("/v1/statistics/cohorts?from=2024-03-31&to=2024-03-30")).ExpectProblem(422, "out_of_range", "from");
    }

    [Fact]
    public async Task Variants_tell_who_was_assigned_who_accepted_and_who_was_lost()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("kept", productFields:
            """
            ,"retention":{"control_percent":0,"explore_percent":0,"offers":[
              {"id":"half_price","reasons":["too_dear"],"discount":{"percent":50,"recurrences":2}},
              {"id":"rest","reasons":["no_time"],"pause_days":30}]}
            """);
        foreach (var id in (string[])["taker", "leaver", "waverer", "other", "other_leaver"])
            await gateway.SubscribeAsync(id, "kept_offer");
        await AskAsync("taker", "too_dear");
        await AskAsync("leaver", "too_dear");
        await AskAsync("waverer", "no_time");
        await AskAsync("other", "bored");
        await AskAsync("other_leaver", "bored");
        await gateway.AskAsync("taker", "retention/accept");
        await gateway.AdvanceAsync("2024-02-01T00:00:00Z");
        foreach (var id in (string[])["leaver", "other_leaver", "taker"]) await gateway.AskAsync(id, "cancel", """{"at":"now"}""");

        // A subscription whose reason matches no offer is not in the control group.
        Assert.Equal(
            [
                """{"variant":0,"offer_id":null,"assigned":0,"accepted":0,"lost":0,"saved_rate":null}""",
                """{"variant":1,"offer_id":"half_price","assigned":2,"accepted":1,"lost":1,"saved_rate":0.5}""",
                """{"variant":2,"offer_id":"rest","assigned":1,"accepted":0,"lost":0,"saved_rate":1}""",
            ],
            await VariantsAsync("from=2024-01-31&to=2024-02-01"));

        // Lost in February, assigned in January.
        Assert.Equal(
            [
                """{"variant":0,"offer_id":null,"assigned":0,"accepted":0,"lost":0,"saved_rate":null}""",
                """{"variant":1,"offer_id":"half_price","assigned":0,"accepted":0,"lost":1,"saved_rate":null}""",
                """{"variant":2,"offer_id":"rest","assigned":0,"accepted":0,"lost":0,"saved_rate":null}""",
            ],
            await VariantsAsync("from=2024-02-01&to=2024-02-01"));

        async Task AskAsync(string id, string reason) =>
            (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/retention", $$"""{"reason":"{{reason}}"}""")).Expect(200);

        async Task<IEnumerable<string>> VariantsAsync(string range) =>
            (await gateway.Admin.GetAsync($"/v1/statistics/retention?product_id=kept_product&{range}"))
                .Expect(200).Data.Select(row => row.GetRawText());
    }

    [Fact]
    public async Task Variants_are_those_of_a_product_that_is_the_callers_own()
    {
        (await Admin.GetAsync("/v1/statistics/retention")).ExpectProblem(400, "required", "product_id");
        (await Admin.GetAsync("/v1/statistics/retention?product_id=nothing")).ExpectProblem(404, "product_not_found", "product_id");
        Assert.Empty((await Admin.GetAsync("/v1/statistics/retention?product_id=gold_product")).Expect(200).Data);
        var beta = await story.Gateway.AsSellerAsync("beta");
        (await beta.GetAsync("/v1/statistics/retention?product_id=gold_product")).ExpectProblem(404, "product_not_found", "product_id");
        (await beta.GetAsync("/v1/statistics/retention?product_id=trial_product")).Expect(200);
    }

    [Fact]
    public async Task The_control_group_shows_who_stays_without_an_offer()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync("control", productFields:
            ",\"retention\":{\"control_percent\":100,\"explore_percent\":0,\"offers\":[{\"id\":\"rest\",\"pause_days\":30}]}");
        foreach (var id in (string[])["stays", "stays_too", "leaves", "is_given_up"])
        {
            await gateway.SubscribeAsync(id, "control_offer");
            (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/retention")).Expect(200);
        }

        await gateway.AskAsync("leaves", "cancel", """{"at":"now"}""");
        await gateway.AskAsync("is_given_up", "cancel", """{"at":"now","origin":"system"}""");

        // Only the customer's own cancellation counts as lost.
        Assert.Equal(
            [
                """{"variant":0,"offer_id":null,"assigned":4,"accepted":0,"lost":1,"saved_rate":0.75}""",
                """{"variant":1,"offer_id":"rest","assigned":0,"accepted":0,"lost":0,"saved_rate":null}""",
            ],
            (await gateway.Admin.GetAsync("/v1/statistics/retention?product_id=control_product"))
                .Expect(200).Data.Select(row => row.GetRawText()));
    }

    private async Task<IEnumerable<string>> CohortsAsync(string question) =>
        (await Admin.GetAsync($"/v1/statistics/cohorts?{question}")).Expect(200).Data.Select(row => row.GetRawText());
}
