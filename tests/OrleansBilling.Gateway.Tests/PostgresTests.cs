using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Server;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The gateway on PostgreSQL, and its answers when the database is down.</summary>
public sealed class PostgresTests
{
    [PostgresFact]
    public async Task The_gateway_works_on_PostgreSQL_says_so_when_it_is_gone_and_goes_on_when_it_is_back()
    {
        await using var server = await PostgresServer.StartNewAsync(durable: false);
        var database = await server.CreateBillingDatabaseAsync("billing");
        await using var gateway = await TestGateway.StartAsync("--Billing:Storage=postgres", $"--ConnectionStrings:Billing={database}");
        await gateway.SellAsync();
        Assert.Equal("active", (await gateway.SubscribeAsync("s")).String("status"));
        await gateway.AdvanceAsync("2024-04-01T00:00:00Z");
        var before = (await gateway.Admin.GetAsync("/v1/subscriptions/s")).Expect(200);
        Assert.Equal(3, before.Number("paid_recurrences"));
        Assert.Equal(1, (await gateway.Admin.GetAsync("/v1/statistics/cancellations")).Expect(200).Number("current"));
        Assert.Single((await gateway.Admin.GetAsync("/v1/subscriptions?status=active&limit=1")).Expect(200).Data);
        var lines = Enumerable.Range(0, 500).Select(n => $$"""{"type":"uncancel","subscription_id":"{{(n % 2 == 0 ? "s" : "nobody")}}"}""")
            .ToArray();
        Assert.Equal(500, (await gateway.Admin.StreamAsync(lines)).Expect(200).Text.Count(c => c == '\n'));

        await server.StopAsync();
        (await gateway.As(null).GetAsync("/health/ready")).ExpectProblem(503, "not_ready");
        (await gateway.As(null).GetAsync("/health/live")).Expect(200);
        (await gateway.Admin.GetAsync("/v1/subscriptions/s")).ExpectProblem(503, "unavailable");
        var lost = await gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", """{"at":"period_end"}""", "bye");
        Assert.Equal(503, lost.Status);
        Assert.Equal("1", lost.Headers.RetryAfter?.ToString());
        (await gateway.As("unknown").GetAsync("/v1/clock")).ExpectProblem(503, "unavailable");

        await server.StartAsync();
        var again = await Eventually.ReadAsync(
            () => gateway.Admin.PostAsync("/v1/subscriptions/s/cancel", """{"at":"period_end"}""", "bye"), reply => reply.Status != 503);
        Assert.Equal("2024-04-30T00:00:00Z", again.Expect(200).String("cancel_at"));
        (await gateway.As(null).GetAsync("/health/ready")).Expect(200);
    }

    [PostgresFact]
    public async Task A_database_that_is_not_there_is_told_in_one_line_without_its_password()
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => ServerHost.OpenAsync(
            ["--Billing:Storage=postgres", "--ConnectionStrings:Billing=Host=127.0.0.1;Port=1;Username=u;Password=swordfish;Database=d"]));
        Assert.StartsWith("The postgres storage cannot be opened: ", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("swordfish", error.Message, StringComparison.Ordinal);
    }
}
