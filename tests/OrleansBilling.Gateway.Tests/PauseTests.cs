using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Pauses and moved billing dates. The first period runs from January 31 to February 29: 29 days at 100 each.</summary>
public sealed class PauseTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        await gateway.SellAsync(amount: 2900);
        await gateway.SubscribeAsync("s");
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task What_was_left_of_the_period_goes_on_after_the_pause()
    {
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        var paused = await gateway.AskAsync("s", "pause", """{"at":"now"}""");
        Assert.Equal("paused", paused.String("status"));
        Assert.True(paused.IsNull("next_billing_at"));
        Assert.True(paused.IsNull("paused_until"));

        await gateway.AdvanceAsync("2024-03-31T00:00:00Z");
        Assert.Single(await gateway.InvoicesAsync("s"));
        var resumed = await gateway.AskAsync("s", "resume");
        Assert.Equal("active", resumed.String("status"));
        Assert.Equal("2024-04-19T00:00:00Z", resumed.String("next_billing_at"));
    }

    [Fact]
    public async Task A_pause_until_a_date_ends_by_itself_and_tells_when_it_bills_next()
    {
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        var paused = await gateway.AskAsync("s", "pause", """{"at":"now","until":"2024-02-20T00:00:00Z"}""");
        Assert.Equal("2024-02-20T00:00:00Z", paused.String("paused_until"));
        Assert.Equal("2024-03-10T00:00:00Z", paused.String("next_billing_at"));

        await gateway.AdvanceAsync("2024-02-20T00:00:00Z");
        var resumed = await gateway.ReadAsync("s");
        Assert.Equal("active", resumed.String("status"));
        Assert.Equal("2024-03-10T00:00:00Z", resumed.String("next_billing_at"));
    }

    [Fact]
    public async Task A_pause_that_runs_is_given_another_end()
    {
        await gateway.AskAsync("s", "pause", """{"at":"now","until":"2024-02-20T00:00:00Z"}""");
        Assert.Equal(
            "2024-02-25T00:00:00Z",
            (await gateway.AskAsync("s", "pause", """{"at":"now","until":"2024-02-25T00:00:00Z"}""")).String("paused_until"));
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/pause", """{"at":"now","until":"2024-01-30T00:00:00Z"}"""))
            .ExpectProblem(422, "pause_end_not_later", "until");
    }

    [Fact]
    public async Task A_pause_at_period_end_can_be_undone_until_it_begins()
    {
        var scheduled = await gateway.AskAsync("s", "pause", """{"at":"period_end","until":"2024-03-20T00:00:00Z"}""");
        Assert.Equal(
            """{"at":"2024-02-29T00:00:00Z","until":"2024-03-20T00:00:00Z"}""", scheduled.Json.GetProperty("pause_scheduled").GetRawText());
        Assert.Equal("2024-03-20T00:00:00Z", scheduled.String("next_billing_at"));
        (await gateway.Admin.PostAsync("/v1/subscriptions/s/pause", """{"at":"now"}""")).ExpectProblem(409, "pause_scheduled");
        Assert.Equal("2024-02-29T00:00:00Z", (await gateway.AskAsync("s", "resume")).String("next_billing_at"));

        await gateway.SubscribeAsync("t");
        await gateway.AskAsync("t", "pause", """{"at":"period_end","until":"2024-03-20T00:00:00Z"}""");
        Assert.True((await gateway.AskAsync("s", "pause", """{"at":"period_end"}""")).IsNull("next_billing_at"));
        await gateway.AdvanceAsync("2024-03-10T00:00:00Z");
        Assert.Equal("paused", (await gateway.ReadAsync("s")).String("status"));
        Assert.Equal("2024-03-20T00:00:00Z", (await gateway.ReadAsync("t")).String("next_billing_at"));
        var resumed = await gateway.AskAsync("s", "resume");
        Assert.Equal("2024-03-10T00:00:00Z", resumed.Json.GetProperty("current_period").GetProperty("start").GetString());
        Assert.Equal(2, resumed.Number("paid_recurrences"));
    }

    [Theory]
    [InlineData("pause", "{}", 400, "required", "at")]
    [InlineData("pause", """{"at":"now","until":"2024-01-31T00:00:00Z"}""", 422, "pause_end_not_later", "until")]
    [InlineData("pause", """{"at":"now","until":"2034-01-31T00:00:00Z"}""", 422, "pause_too_long", "until")]
    [InlineData("pause", """{"at":"now","until":"next week"}""", 422, "invalid_instant", "until")]
    [InlineData("resume", null, 409, "not_paused", null)]
    [InlineData("billing-date", "{}", 400, "required", "next_billing_at")]
    [InlineData("billing-date", """{"date":"2024-03-05","next_billing_at":"2024-03-05T00:00:00Z"}""", 422, "ambiguous", "date")]
    [InlineData("billing-date", """{"date":"2024-02-30"}""", 422, "invalid_date", "date")]
    [InlineData("billing-date", """{"date":"9999-12-31"}""", 422, "invalid_date", "date")]
    [InlineData("billing-date", """{"date":20240305}""", 400, "wrong_type", "date")]
    [InlineData("billing-date", """{"date":"2024-01-31"}""", 422, "billing_date_in_past", "date")]
    [InlineData("billing-date", """{"date":"2024-04-01"}""", 422, "billing_date_too_far", "date")]
    [InlineData("billing-date", """{"next_billing_at":"2024-01-30T00:00:00Z"}""", 422, "billing_date_in_past", "next_billing_at")]
    [InlineData("billing-date/preview", """{"date":"2024-04-01"}""", 422, "billing_date_too_far", "date")]
    [InlineData("billing-date/preview", "{}", 400, "required", "next_billing_at")]
    public async Task What_cannot_be_is_refused(string command, string? body, int status, string code, string? field) =>
        (await gateway.Admin.PostAsync($"/v1/subscriptions/s/{command}", body)).ExpectProblem(status, code, field);

    [Fact]
    public async Task A_moved_billing_date_bills_the_stretch_in_between_as_previewed()
    {
        await gateway.AlsoSellAsync("weekly", 700, unit: "week");
        await gateway.SubscribeAsync("w", "weekly_offer");
        var body = """{"date":"2024-02-09"}""";
        var preview = (await gateway.Admin.PostAsync("/v1/subscriptions/w/billing-date/preview", body)).Expect(200);
        var moved = await gateway.AskAsync("w", "billing-date", body);

        Assert.Equal("2024-02-09T00:00:00Z", moved.String("next_billing_at"));
        Assert.Equal("2024-02-09T00:00:00Z", moved.Json.GetProperty("current_period").GetProperty("end").GetString());
        (await gateway.Admin.PostAsync("/v1/subscriptions/w/billing-date", """{"date":"2024-02-10"}"""))
            .ExpectProblem(409, "billing_date_changed");
        await gateway.AdvanceAsync("2024-02-09T00:00:00Z");
        var bill = (await gateway.InvoicesAsync("w"))[1];
        Assert.Equal(["recurrence 700", "proration_charge 200"], Catalog.LinesOf(bill));
        Assert.Equal(preview.Json.GetProperty("lines").GetRawText(), bill.GetProperty("lines").GetRawText());
        Assert.Equal("2024-02-07T00:00:00Z", bill.GetProperty("lines")[1].GetProperty("period").GetProperty("start").GetString());
        Assert.Equal("2024-02-16T00:00:00Z", (await gateway.ReadAsync("w")).String("next_billing_at"));
    }

    [Fact]
    public async Task An_earlier_billing_date_takes_the_rest_off()
    {
        var moved = await gateway.AskAsync("s", "billing-date", """{"next_billing_at":"2024-02-10T00:00:00Z"}""");
        Assert.Equal("2024-02-10T00:00:00Z", moved.String("next_billing_at"));
        await gateway.AdvanceAsync("2024-02-10T00:00:00Z");
        Assert.Equal(["recurrence 2900", "proration_credit -1900"], Catalog.LinesOf((await gateway.InvoicesAsync("s"))[1]));
    }
}
