using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Testing;

namespace OrleansBilling.Crash.Tests;

/// <summary>Two turn hosts on one PostgreSQL database, both pumping all due work of the same subscriptions at once.</summary>
[Collection(PostgresCollection.Name)]
public sealed class TwoProcessesTests(PostgresFixture postgres)
{
    private const int Subscriptions = 60;

    [PostgresFact]
    public async Task No_update_is_lost_no_period_charged_twice_and_no_renewal_missed()
    {
        var connectionString = await postgres.CreateDatabaseAsync("two");
        var clock = new VirtualClock(Instant.FromUtc(2024, 1, 31, 9, 0));
        var provider = new CountingProvider();
        await using var one = await PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance,
            CancellationToken.None);
        await using var two = await PostgresStorage.OpenAsync(
            new PostgresStorageOptions { ConnectionString = connectionString }, TimeProvider.System, NullLoggerFactory.Instance,
            CancellationToken.None);
        await using var first = Start(one, clock, provider);
        await using var second = Start(two, clock, provider);
        var terms = await SellDailyAsync(one);

        var ids = Enumerable.Range(0, Subscriptions).Select(n => $"s{n}").ToList();
        await Task.WhenAll(
            ids.Select(
                id => AcceptedAsync(
                    first, id, new SubscriptionCommand.Subscribe(id, terms, new Customer("c", null), "tok_ok", null, null, null))));

        // Settle the first payments before time moves: a payment that arrives after its period would move the period.
        await first.RunDueAsync(CancellationToken.None);

        var accepted = new ConcurrentDictionary<string, int>();
        for (var day = 1; day <= 10; day++)
        {
            clock.MoveTo(clock.GetCurrentInstant() + Duration.FromDays(1));

            // Both hosts change every subscription while both pump the day's renewals.
            await Task.WhenAll(ids.SelectMany(id => new[] { ChangeAsync(first, id), ChangeAsync(second, id) }));
            await Task.WhenAll(first.RunDueAsync(CancellationToken.None), second.RunDueAsync(CancellationToken.None));

            async Task ChangeAsync(TurnHost runtime, string id)
            {
                await AcceptedAsync(runtime, id, new SubscriptionCommand.ChangePaymentMethod("tok_ok"));
                accepted.AddOrUpdate(id, 1, (_, count) => count + 1);
            }
        }

        await Eventually.HoldsAsync(async () =>
        {
            await first.RunDueAsync(CancellationToken.None);
            await second.RunDueAsync(CancellationToken.None);
            return await one.Due.ReadNextDueAsync(CancellationToken.None) > clock.GetCurrentInstant();
        });

        var lives = await DatabaseAudit.OfPostgresAsync(connectionString, clock.GetCurrentInstant(), provider.Keys);
        foreach (var id in ids)
        {
            Assert.Equal(accepted[id], lives[id].Count<SubscriptionEvent.PaymentMethodChanged>());
            Assert.Equal(Enumerable.Range(1, 11), lives[id].Invoices.Select(invoice => invoice.Period.Index));
            Assert.All(lives[id].Invoices, invoice => Assert.Equal(InvoiceStatus.Paid, invoice.Status));
            Assert.All(lives[id].Invoices, invoice => Assert.Single(invoice.Attempts));
        }

        Assert.Equal(20, accepted.Values.Distinct().Single());
    }

    private static TurnHost Start(PostgresStorage storage, VirtualClock clock, IPaymentProvider provider)
    {
        var options = new TurnHostOptions { DuePollInterval = TimeSpan.FromMilliseconds(5) };
        var runtime = new TurnHost(
            options, storage.Journal, storage.Due, new CatalogCache(storage.Catalog, TimeProvider.System), provider, clock,
            TimeProvider.System, NullLoggerFactory.Instance);
        runtime.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        return runtime;
    }

    private static async Task<OfferTerms> SellDailyAsync(PostgresStorage storage)
    {
        var product = new Product("p", "seller", "Course", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);
        var plan = new Plan("d", "p", "Daily", new BillingInterval(IntervalUnit.Day, 1), 0, null, null);
        var offer = new Offer("o", 1, "d", 100, "BRL");
        Assert.True(await storage.Catalog.AddAsync(product, CancellationToken.None));
        Assert.True(await storage.Catalog.AddAsync(plan, CancellationToken.None));
        Assert.True(await storage.Catalog.AddAsync(offer, CancellationToken.None));
        return new OfferTerms(product, plan, offer);
    }

    /// <summary>Retries a command that loses its race until it is accepted.</summary>
    private static async Task AcceptedAsync(TurnHost runtime, string id, SubscriptionCommand command)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var result = await runtime.ExecuteAsync(id, new CommandEnvelope(command, Caller.Administrator), CancellationToken.None);
            if (result is CommandResult.Accepted) return;
            Assert.Equal("conflict", Assert.IsType<CommandResult.Unavailable>(result).Code);
        }

        Assert.Fail("A hundred attempts lost their race.");
    }

    /// <summary>Collects every charge and records its key.</summary>
    private sealed class CountingProvider : IPaymentProvider
    {
        public ConcurrentDictionary<string, long> Keys { get; } = new();

        public ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
        {
            Keys[request.Key] = request.Amount;
            return new(new PaymentOutcome.Succeeded());
        }

        public ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
