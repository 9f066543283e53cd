using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Embedded;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Storage.Tests;

/// <summary>
/// A long random history through the real runtime and a real store; every so often, all counters are recomputed from
/// the events and must equal what the store answers at that instant, in every grouping.
/// </summary>
internal sealed class StatisticsRecomputation(BillingStorage storage, int seed)
{
    private const int Subscriptions = 40;
    private const int Rounds = 60;
    private static readonly string[] Tokens = ["tok_ok", "tok_flaky_40", "tok_decline_2", "tok_lost_card", "tok_timeout"];
    private readonly Random dice = new(seed);
    private readonly VirtualClock clock = new(Instant.FromUtc(2024, 1, 29, 11, 0));
    private readonly List<OfferTerms> offers = [];

    public async Task RunAsync()
    {
        await SellAsync("a", "seller-1", "BRL", new BillingInterval(IntervalUnit.Month, 1), 0, ExhaustedAction.Cancel);
        await SellAsync("b", "seller-1", "JPY", new BillingInterval(IntervalUnit.Week, 2), 7, ExhaustedAction.LeavePastDue);
        await SellAsync("c", "seller-2", "BRL", new BillingInterval(IntervalUnit.Year, 1), 0, ExhaustedAction.Pause);
        var catalog = new CatalogCache(storage.Catalog, TimeProvider.System);
        await using var runtime = new EmbeddedRuntime(
            new EmbeddedRuntimeOptions(), storage.Journal, catalog, new SimulatedPaymentProvider(seed: 3), clock, TimeProvider.System, NullLoggerFactory.Instance);
        var reader = new SubscriptionReader(storage.Journal, catalog);
        for (var round = 1; round <= Rounds; round++)
        {
            for (var n = 0; n < 6; n++) await ActAsync(runtime);
            await runtime.RunDueAsync(CancellationToken.None);
            if (round % 10 == 0) await CompareAsync(reader);
            clock.MoveTo(clock.GetCurrentInstant() + Duration.FromHours(dice.Next(6, 24 * 20)));
        }
    }

    private async Task SellAsync(string id, string seller, string currency, BillingInterval interval, int trialDays, ExhaustedAction onExhausted)
    {
        var product = new Product($"product-{id}", seller, id, "UTC", DunningPolicy.Default with { OnExhausted = onExhausted }, TrialWithoutPaymentMethod.PastDue);
        var plan = new Plan($"plan-{id}", product.Id, id, interval, trialDays, null, null);
        var offer = new Offer($"offer-{id}", 1, plan.Id, 1_000 + offers.Count, currency);
        Assert.True(await storage.Catalog.AddAsync(product, CancellationToken.None));
        Assert.True(await storage.Catalog.AddAsync(plan, CancellationToken.None));
        Assert.True(await storage.Catalog.AddAsync(offer, CancellationToken.None));
        offers.Add(new OfferTerms(product, plan, offer));
    }

    private async Task ActAsync(EmbeddedRuntime runtime)
    {
        var id = $"s{dice.Next(Subscriptions)}";
        SubscriptionCommand command = dice.Next(9) switch
        {
            < 4 => new SubscriptionCommand.Subscribe(id, offers[dice.Next(offers.Count)], new Customer("c", null), Tokens[dice.Next(Tokens.Length)], null, null, null),
            4 => new SubscriptionCommand.Cancel(EffectiveAt.Now, null, null, (CancellationRefund)dice.Next(3), (CancellationOrigin)dice.Next(4)),
            5 => new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, CancellationOrigin.Customer),
            6 => new SubscriptionCommand.Reactivate(dice.Next(2) == 0, "tok_ok"),
            7 => new SubscriptionCommand.ChangePaymentMethod(Tokens[dice.Next(Tokens.Length)]),
            _ => new SubscriptionCommand.Retry(),
        };
        Assert.IsNotType<CommandResult.Unavailable>(await runtime.ExecuteAsync(id, new CommandEnvelope(command, Caller.Administrator), CancellationToken.None));
    }

    private async Task CompareAsync(SubscriptionReader reader)
    {
        var expected = await RecomputeAsync(reader);
        var today = StatisticDelta.DayOf(clock.GetCurrentInstant());
        var from = StatisticDelta.DayOf(Instant.FromUtc(2024, 1, 29, 0, 0));
        Assert.True(expected.Count > 10, "Too little happened.");
        Assert.Equal(Sums(expected, (_, delta) => delta.Day, _ => ""), await ReadAsync(new StatisticsFilter(), from, today, StatisticsGrouping.None));
        Assert.Equal(Sums(expected, (_, delta) => delta.Day, terms => terms.Offer.Id), await ReadAsync(new StatisticsFilter(), from, today, StatisticsGrouping.Offer));

        var split = (from + today) / 2;
        Assert.Equal(
            Sums(expected.Where(pair => pair.Terms.Product.SellerId == "seller-1"), (_, delta) => Math.Max(delta.Day, split - 1), terms => terms.Product.Id),
            await ReadAsync(new StatisticsFilter { SellerId = "seller-1" }, split, today, StatisticsGrouping.Product));
    }

    private async Task<List<(OfferTerms Terms, StatisticDelta Delta)>> RecomputeAsync(SubscriptionReader reader)
    {
        var all = new List<(OfferTerms, StatisticDelta)>();
        var deltas = new List<StatisticDelta>();
        for (var n = 0; n < Subscriptions; n++)
        {
            Subscription? state = null;
            OfferTerms? termsBefore = null;
            foreach (var recorded in await reader.ReadHistoryAsync($"s{n}", CancellationToken.None))
            {
                var next = SubscriptionEvolution.Evolve(state, recorded.Event);
                var terms = await reader.TermsOfAsync(next, CancellationToken.None);
                deltas.Clear();
                StatisticRules.Collect(state, recorded.Event, next, termsBefore ?? terms, terms, deltas);
                foreach (var delta in deltas) all.Add((offers.Single(sold => sold.Offer.Id == delta.OfferId), delta));
                (state, termsBefore) = (next, terms);
            }
        }

        return all;
    }

    private static SortedDictionary<string, long> Sums(
        IEnumerable<(OfferTerms Terms, StatisticDelta Delta)> deltas, Func<OfferTerms, StatisticDelta, int> day, Func<OfferTerms, string> group)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (terms, delta) in deltas)
        {
            var key = $"{day(terms, delta)} {terms.Offer.Currency} {group(terms)} {delta.Metric} {delta.Slice}";
            sums[key] = sums.GetValueOrDefault(key) + delta.Value;
        }

        return WithoutZeros(sums);
    }

    private async Task<SortedDictionary<string, long>> ReadAsync(StatisticsFilter filter, int from, int to, StatisticsGrouping grouping)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in await storage.Statistics.ReadAsync(filter, from, to, grouping, CancellationToken.None))
            sums.Add($"{row.Day} {row.Currency} {row.Group} {row.Metric} {row.Slice}", row.Value);
        return WithoutZeros(sums);
    }

    /// <summary>A sum of zero may or may not have a row.</summary>
    private static SortedDictionary<string, long> WithoutZeros(SortedDictionary<string, long> sums) =>
        new(sums.Where(sum => sum.Value != 0).ToDictionary(), StringComparer.Ordinal);
}
