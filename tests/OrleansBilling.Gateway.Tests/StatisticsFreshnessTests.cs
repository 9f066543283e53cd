using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>
/// Figures may be a second old (see "Statistics" in the domain's README), but they are current: an answer includes every
/// command acknowledged before the question, even while commands keep coming.
/// </summary>
public sealed class StatisticsFreshnessTests
{
    private const int Writers = 8;
    private const int SubscriptionsPerWriter = 40;
    private const int SubscriptionsPerLeaver = 4;
    private const int CommandsPerLook = 5;

    [Fact]
    public async Task What_was_acknowledged_is_counted_at_once_on_SQLite()
    {
        await using var gateway = await TestGateway.StartAsync();
        await ObserveAsync(gateway);
    }

    [PostgresFact]
    public async Task What_was_acknowledged_is_counted_at_once_on_PostgreSQL()
    {
        await using var server = await PostgresServer.StartNewAsync(durable: false);
        var database = await server.CreateBillingDatabaseAsync("billing");
        await using var gateway = await TestGateway.StartAsync("--Billing:Storage=postgres", $"--ConnectionStrings:Billing={database}");
        await ObserveAsync(gateway);
    }

    private static async Task ObserveAsync(TestGateway gateway)
    {
        var (subscribed, canceled, looks) = (0, 0, 0);
        await gateway.SellAsync();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));
        await gateway.SettleAsync();

        const int All = Writers * SubscriptionsPerWriter;
        const int Left = All / SubscriptionsPerLeaver;
        Assert.True(looks >= All / CommandsPerLook);
        var counts = (await gateway.Admin.GetAsync("/v1/statistics/summary")).Expect(200).Json.GetProperty("counts");
        Assert.Equal((All - Left, Left), (counts.GetProperty("active").GetInt32(), counts.GetProperty("canceled").GetInt32()));
        var movements = (await gateway.Admin.GetAsync("/v1/statistics/mrr-movements")).Expect(200).Data.Last();
        Assert.Equal(2990 * (All - Left), movements.GetProperty("end").GetInt64());

        async Task WriteAsync(int writer)
        {
            for (var number = 0; number < SubscriptionsPerWriter; number++)
            {
                var id = $"s{writer}_{number}";
                (await gateway.Admin.PostAsync("/v1/subscriptions", Catalog.Subscribe(id))).Expect(201);
                Interlocked.Increment(ref subscribed);
                if (number % SubscriptionsPerLeaver == 0)
                {
                    (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/cancel", """{"at":"now"}""")).Expect(200);
                    Interlocked.Increment(ref canceled);
                }

                if (number % CommandsPerLook == 0) await LookAsync();
            }
        }

        async Task LookAsync()
        {
            var (came, left) = (Volatile.Read(ref subscribed), Volatile.Read(ref canceled));
            var summary = (await gateway.Admin.GetAsync("/v1/statistics/summary")).Expect(200).Json;
            Assert.InRange(
                summary.GetProperty("counts").EnumerateObject().Sum(count => count.Value.GetInt64()), came,
                Writers * SubscriptionsPerWriter);

            // A subscription that ends before its first payment counts as never paid.
            var ended = summary.GetProperty("canceled").GetInt64() + summary.GetProperty("never_paid").GetInt64();
            Assert.True(ended >= left, "An acknowledged cancellation is not counted yet.");
            Interlocked.Increment(ref looks);
        }
    }
}
