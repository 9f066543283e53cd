using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Business time over HTTP.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task A_virtual_clock_stands_still_until_it_is_moved()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.Equal("""{"now":"2024-01-31T00:00:00Z","mode":"virtual"}""", (await gateway.Admin.GetAsync("/v1/clock")).Expect(200).Text);

        Assert.Equal(
            """{"now":"2024-02-01T03:04:05.678Z"}""",
            (await gateway.Admin.PostAsync("/v1/clock/advance", """{"to":"2024-02-01T00:04:05.6789-03:00"}""")).Expect(200).Text);

        (await gateway.Admin.PostAsync("/v1/clock/advance", """{"to":"2024-02-01T03:04:05.677Z"}"""))
            .ExpectProblem(422, "to_in_past", "to");
        Assert.Equal("2024-02-01T03:04:05.678Z", (await gateway.Admin.GetAsync("/v1/clock")).Expect(200).String("now"));
    }

    [Fact]
    public async Task The_machines_clock_cannot_be_moved()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:Clock=system", "--Billing:ClockStart=");
        (await gateway.Admin.GetAsync("/v1/clock")).ExpectProblem(409, "clock_not_virtual");
        (await gateway.Admin.PostAsync("/v1/clock/advance", """{"to":"2124-02-01T00:00:00Z"}""")).ExpectProblem(409, "clock_not_virtual");
    }

    [Fact]
    public async Task The_clock_ends_before_dates_do()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:ClockStart=9899-10-31T00:00:00Z");
        await gateway.SellAsync();
        await gateway.AlsoSellAsync("decade", 100, unit: "year", count: 10);
        await gateway.SubscribeAsync("s");
        await gateway.SubscribeAsync("long", "decade_offer");
        await gateway.AdvanceAsync("9900-01-01T00:00:00Z");
        Assert.Equal("9900-01-31T00:00:00Z", (await gateway.ReadAsync("s")).String("next_billing_at"));
        Assert.Equal("9909-10-31T00:00:00Z", (await gateway.ReadAsync("long")).String("next_billing_at"));
        foreach (var to in new[] { "9900-01-01T00:00:00.001Z", "9905-01-01T00:00:00Z", "9999-12-29T23:59:59Z" })
            (await gateway.Admin.PostAsync("/v1/clock/advance", $$"""{"to":"{{to}}"}""")).ExpectProblem(422, "out_of_range", "to");
    }

    [Fact]
    public async Task An_advance_stamps_everything_with_its_own_instant()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s");

        await gateway.AdvanceAsync("2024-06-30T00:00:00Z");

        var invoices = (await gateway.Admin.GetAsync("/v1/subscriptions/s/invoices")).Expect(200).Data;
        string[] expected = [
            "2024-01-31T00:00:00Z", "2024-02-29T00:00:00Z", "2024-03-31T00:00:00Z", "2024-04-30T00:00:00Z", "2024-05-31T00:00:00Z",
            "2024-06-30T00:00:00Z"];
        Assert.Equal(expected, invoices.Select(i => i.GetProperty("created_at").GetString()));
        Assert.Equal(expected, invoices.Select(i => i.GetProperty("paid_at").GetString()));
    }

    [Fact]
    public async Task Simultaneous_advances_each_end_where_they_should()
    {
        await using var gateway = await TestGateway.StartAsync();
        var replies = await Task.WhenAll(
            Enumerable.Range(1, 8)
                .Select(day => gateway.Admin.PostAsync("/v1/clock/advance", $$"""{"to":"2024-02-0{{day}}T00:00:00Z"}""")));
        Assert.All(replies, reply => Assert.Contains(reply.Status, (int[])[200, 422]));
        Assert.Equal("2024-02-08T00:00:00Z", (await gateway.Admin.GetAsync("/v1/clock")).String("now"));
    }
}
