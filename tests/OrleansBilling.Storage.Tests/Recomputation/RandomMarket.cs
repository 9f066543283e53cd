using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Subscriptions;
using OrleansBilling.Simulation.Turns;

namespace OrleansBilling.Storage.Tests.Recomputation;

/// <summary>
/// A long random history of a small market, on the real runtime and a real database: two sellers, two currencies, plan changes between
/// intervals, splits, pauses, declines, refunds and retention offers.
/// </summary>
internal sealed class RandomMarket(BillingStorage storage, int seed)
{
    private RandomMarket(BillingStorage storage, RandomMarket past)
        : this(storage, past.seed + 1)
    {
        clock.MoveTo(past.Now);
        offers.AddRange(past.offers);
    }

    private const int Subscriptions = 40;
    private const int Rounds = 60;
    private const int RoundsBetweenLooks = 10;
    private const int ActionsPerRound = 9;
    private static readonly string[] Tokens = ["tok_ok", "tok_flaky_40", "tok_decline_2", "tok_lost_card", "tok_timeout"];
    private readonly int seed = seed;
    private readonly Random dice = new(seed);
    private readonly VirtualClock clock = new(Instant.FromUtc(2024, 1, 29, 11, 0));
    private readonly CatalogCache catalog = new(storage.Catalog, TimeProvider.System);
    private readonly List<OfferTerms> offers = [];

    public Instant Now => clock.GetCurrentInstant();

    public IReadOnlyList<OfferTerms> Offers => offers;

    public static IEnumerable<string> Ids => Enumerable.Range(0, Subscriptions).Select(number => $"s{number}");

    /// <summary>Plays the history. At intervals, when nothing is in flight, <paramref name="lookAsync"/> may check it.</summary>
    public async Task LiveAsync(Func<Task> lookAsync)
    {
        var course = await SellProductAsync("course", "seller-1", ExhaustedAction.Cancel);
        await SellAsync(course, "monthly", "BRL", new BillingInterval(IntervalUnit.Month, 1), 0);
        await SellAsync(course, "yearly", "BRL", new BillingInterval(IntervalUnit.Year, 1), 0, installments: 12);
        await SellAsync(course, "weekly", "BRL", new BillingInterval(IntervalUnit.Week, 1), 0);
        await SellAsync(
            await SellProductAsync("box", "seller-1", ExhaustedAction.LeavePastDue), "fortnightly", "JPY",
            new BillingInterval(IntervalUnit.Week, 2), 7);
        await SellAsync(
            await SellProductAsync("club", "seller-2", ExhaustedAction.Pause), "club", "BRL", new BillingInterval(IntervalUnit.Month, 3),
            0);
        await GoOnAsync(Rounds, lookAsync);
    }

    /// <summary>Continues the history.</summary>
    public async Task GoOnAsync(int rounds, Func<Task>? lookAsync = null)
    {
        await using var runtime = Start();
        for (var round = 1; round <= rounds; round++)
        {
            for (var n = 0; n < ActionsPerRound; n++) await ActAsync(runtime);
            await runtime.RunDueAsync(CancellationToken.None);
            if (round % RoundsBetweenLooks == 0 && lookAsync is not null) await lookAsync();
            clock.MoveTo(Now + Duration.FromHours(dice.Next(6, 24 * 20)));
        }
    }

    /// <summary>Tries something that chance does not do, or too rarely.</summary>
    /// <returns>Whether it was accepted.</returns>
    public async Task<bool> DoAsync(string id, SubscriptionCommand command)
    {
        await using var runtime = Start();
        return await runtime.ExecuteAsync(id, new CommandEnvelope(command, Caller.Administrator), CancellationToken.None)
            is CommandResult.Accepted;
    }

    /// <summary>The same market on another database, which already has its subscriptions and receives its catalog here.</summary>
    public async Task<RandomMarket> MoveToAsync(BillingStorage other)
    {
        foreach (var terms in offers.DistinctBy(terms => terms.Product.Id))
            await other.Catalog.AddAsync(terms.Product, CancellationToken.None);
        foreach (var terms in offers)
        {
            await other.Catalog.AddAsync(terms.Plan, CancellationToken.None);
            await other.Catalog.AddAsync(terms.Offer, CancellationToken.None);
        }

        return new RandomMarket(other, this);
    }

    /// <summary>The history of a subscription, step by step: each event with the states and terms before and after it.</summary>
    public async Task<List<HistoryStep>> ReadHistoryAsync(string id)
    {
        var reader = new SubscriptionReader(storage.Journal, catalog);
        var steps = new List<HistoryStep>();
        Subscription? state = null;
        OfferTerms? terms = null;
        foreach (var recorded in await reader.ReadHistoryAsync(id, CancellationToken.None))
        {
            // Only a plan change moves the terms. After any other event, the subscription keeps those it had.
            var next = SubscriptionEvolution.Evolve(state, recorded.Event);
            var nextTerms = await reader.TermsOfAsync(next, CancellationToken.None);
            Assert.True(terms is null || ReferenceEquals(nextTerms, terms) || recorded.Event is SubscriptionEvent.PlanChanged);
            steps.Add(new HistoryStep(state, terms ?? nextTerms, recorded.Event, next, nextTerms));
            (state, terms) = (next, nextTerms);
        }

        return steps;
    }

    private TurnHost Start() => new(
        new TurnHostOptions(), storage.Journal, storage.Due, catalog, new SimulatedPaymentProvider(seed: 3), clock, TimeProvider.System,
        NullLoggerFactory.Instance);

    private async Task<Product> SellProductAsync(string id, string seller, ExhaustedAction onExhausted)
    {
        var product = new Product(
            id, seller, id, id == "box" ? "America/Sao_Paulo" : "UTC", DunningPolicy.Default with { OnExhausted = onExhausted },
            TrialWithoutPaymentMethod.PastDue)
        {
            Tax = new TaxPolicy(true, [new TaxRate(null, "VAT", 19_000)]),
            Retention = new RetentionPolicy(
                seed, 20, 50,
                [new RetentionOffer("half", [], 0, new PriceReduction(50_000, null), 2, null, null),
                    new RetentionOffer("rest", [], 0, null, null, 20, null)]),
        };
        Assert.True(await storage.Catalog.AddAsync(product, CancellationToken.None));
        return product;
    }

    private async Task SellAsync(Product product, string id, string currency, BillingInterval interval, int trialDays, int installments = 1)
    {
        var plan = new Plan($"plan-{id}", product.Id, id, interval, trialDays, null, null) { Installments = installments, AlertDays = 3 };
        var offer = new Offer($"offer-{id}", 1, plan.Id, 1_000 + (777 * offers.Count), currency)
        {
            Split = [new SplitPart(SplitRole.Platform, "platform", 9_900, null), new SplitPart(SplitRole.Affiliate, null, null, 33)],
        };
        Assert.True(await storage.Catalog.AddAsync(plan, CancellationToken.None));
        Assert.True(await storage.Catalog.AddAsync(offer, CancellationToken.None));
        offers.Add(new OfferTerms(product, plan, offer));
    }

    private async Task ActAsync(TurnHost runtime)
    {
        var id = $"s{dice.Next(Subscriptions)}";
        var envelope = new CommandEnvelope(AnyCommand(id), Caller.Administrator);
        Assert.IsNotType<CommandResult.Unavailable>(await runtime.ExecuteAsync(id, envelope, CancellationToken.None));
    }

    /// <summary>What subscriptions are labelled with: two pairs, one, or nothing.</summary>
    private static ImmutableSortedDictionary<string, string>? MetadataOf(string id) => (id[^1] - '0') switch
    {
        < 4 => ImmutableSortedDictionary<string, string>.Empty.Add("campaign", "june").Add("desk", id[^1..]),
        < 7 => ImmutableSortedDictionary<string, string>.Empty.Add("campaign", "july"),
        _ => null,
    };

    private SubscriptionCommand AnyCommand(string id) => dice.Next(22) switch
    {
        < 4 => new SubscriptionCommand.Subscribe(id, Any(offers), new Customer("c", null), Any(Tokens), null, null, MetadataOf(id))
        {
            AffiliateId = Any([null, "ann", "bob"]),
            Quantity = dice.Next(1, 4),
        },
        < 7 => new SubscriptionCommand.ChangePlan(
            Any([EffectiveAt.Now, EffectiveAt.PeriodEnd]), Any(offers), dice.Next(1, 4), null, dice.Next(2) == 0),
        7 => new SubscriptionCommand.Cancel(
            EffectiveAt.Now, Any([null, "too_dear", "Not a code"]), "Goodbye.", (CancellationRefund)dice.Next(3),
            (CancellationOrigin)dice.Next(4)),
        8 => new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, CancellationOrigin.Customer),
        9 => new SubscriptionCommand.Reactivate(dice.Next(2) == 0, "tok_ok"),
        10 => new SubscriptionCommand.ChangePaymentMethod(Any(Tokens)),
        11 => new SubscriptionCommand.Pause(Any([EffectiveAt.Now, EffectiveAt.PeriodEnd]), Now + Duration.FromDays(dice.Next(1, 40))),
        12 => new SubscriptionCommand.Resume(),
        13 => new SubscriptionCommand.RefundInvoice(dice.Next(1, 4), dice.Next(1, 400), dice.Next(2) == 0, "Sorry."),
        14 => new SubscriptionCommand.RecordChargeback(dice.Next(1, 4), 1, "fraud"),
        15 or 16 or 17 => new SubscriptionCommand.AskRetention(Any([null, "too_dear"]), null),
        18 or 19 => new SubscriptionCommand.AcceptRetention(null),
        20 => new SubscriptionCommand.GiveRecurrences(dice.Next(1, 3)),
        _ => new SubscriptionCommand.Retry(),
    };

    private T Any<T>(IReadOnlyList<T> choices) => choices[dice.Next(choices.Count)];
}

internal sealed record HistoryStep(
    Subscription? Before, OfferTerms TermsBefore, SubscriptionEvent Event, Subscription After, OfferTerms Terms);
