using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Simulation.Laws;
using OrleansBilling.Simulation.Seeded;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Testing.Audit;

namespace OrleansBilling.Simulation.Lives;

/// <summary>
/// Two runtimes, like two processes, over one journal. Clients repeat unanswered commands, the provider often reports unknown
/// outcomes, processes crash, and two years pass. The code under test is the real code.
/// </summary>
public sealed class World
{
    private const int StepsBeforeLossMax = 60;
    private static readonly string[] Tokens = ["tok_ok", "tok_ok", "tok_ok", "tok_lost_card", "tok_voucher"];
    private static readonly Instant Start = Instant.FromUtc(2024, 1, 31, 9, 30);
    private readonly Random dice;
    private readonly SeededScheduler scheduler;
    private readonly SimulatedCatalog catalog = new();
    private readonly VirtualClock clock = new(Start);
    private readonly OfferTerms[] offers;
    private readonly OfferTerms[] market;
    private readonly OfferTerms[] sold;
    private readonly Process[] processes = new Process[2];
    private readonly List<Process> lost = [];
    private readonly Dictionary<string, Acknowledged> acknowledged = new(StringComparer.Ordinal);

    public World(int seed)
    {
        dice = new Random(seed);
        scheduler = new SeededScheduler(seed);
        Journal = new SimulatedJournal(dice, Laws) { FaultPercent = 5 };
        Provider = new SimulatedProvider(dice, Laws) { UnknownPercent = 10, DeclinePercent = 15 };
        offers =
        [
            catalog.Sell("monthly", 2_990, new BillingInterval(IntervalUnit.Month, 1), zone: "America/Sao_Paulo"),
            catalog.Sell("weekly", 700, new BillingInterval(IntervalUnit.Week, 1), trialDays: 7),
            catalog.Sell(
                "term", 1_000, new BillingInterval(IntervalUnit.Month, 1), recurrences: 6,
                dunning: DunningPolicy.Default with { OnExhausted = ExhaustedAction.LeavePastDue }),
            catalog.Sell(
                "patient", 500, new BillingInterval(IntervalUnit.Month, 1),
                dunning: DunningPolicy.Default with { OnExhausted = ExhaustedAction.Pause, MoveBillingDate = true }),
        ];
        var shares = new SplitPart[] { new(SplitRole.Platform, "platform", 9_900, null), new(SplitRole.Affiliate, null, 30_000, null) };
        market =
        [
            offers[0],
            catalog.SellBeside(
                offers[0], "dearer", 5_990, new BillingInterval(IntervalUnit.Month, 1), plan =>
                    plan with { AlertDays = 5 }, offer => offer with { Split = [.. shares] }),
            catalog.SellBeside(
                offers[0], "yearly", 29_900, new BillingInterval(IntervalUnit.Year, 1), plan =>
                    plan with { Installments = 12 }, offer => offer with { Split = [.. shares] }),
            catalog.SellBeside(offers[0], "metered", 0, new BillingInterval(IntervalUnit.Week, 1), null, offer => offer with
            {
                Meters =
                [
                    new Meter
                    {
                        Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit,
                        Price = new UnitPrice(3),
                    },
                    new Meter
                    {
                        Id = "users", Name = "Users", Aggregation = MeterAggregation.Unique, Pricing = MeterPricing.PerUnit,
                        Price = new UnitPrice(100),
                    },
                ],
            }),
        ];
        sold = [.. offers, .. market[1..]];
        for (var n = 0; n < processes.Length; n++) processes[n] = NewProcess();
    }

    /// <summary>The checks of this world.</summary>
    public LawBook Laws { get; } = new();

    public SimulatedJournal Journal { get; }

    public SimulatedProvider Provider { get; }

    public int AcknowledgedCount => acknowledged.Count;

    /// <summary>The simulated time that has passed.</summary>
    public Duration Passed => clock.GetCurrentInstant() - Start;

    /// <summary>Failed commits and reads, answers that the provider held back, and lost processes.</summary>
    public long Faults => Journal.Faults + Provider.Faults + lost.Count;

    /// <summary>Commits and charges that were done although the process that requested them was lost before it learned so.</summary>
    public long AnswersLost => lost.Sum(process => (long)process.AnswersLost);

    /// <summary>The types of events that happened.</summary>
    public HashSet<string> Happened { get; } = new(StringComparer.Ordinal);

    public void Run(int subscriptions, int rounds)
    {
        scheduler.Run(() => LiveAsync(subscriptions, rounds));
        Laws.ThrowIfBroken();
        scheduler.Run(SettleAsync);
        Laws.ThrowIfBroken();
        var figures = new SimulatedFigures(Journal, sold);
        var stores = new AuditedStores(Journal, Journal, figures, catalog, figures, figures);
        scheduler.Run(() =>
            new Audit(Journal, Provider, stores, acknowledged.Values, Laws).RunAsync(clock.GetCurrentInstant(), Happened));
    }

    private async Task LiveAsync(int subscriptions, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var clients = Enumerable.Range(0, 6).Select(client => CommandAsync($"s{dice.Next(subscriptions)}", $"k{round}-{client}"))
                .ToArray();
            await Task.WhenAll([.. clients, PayVoucherAsync(), RunDueAsync(0), RunDueAsync(1), LoseAsync()]);
            clock.MoveTo(clock.GetCurrentInstant() + Duration.FromHours(dice.Next(1, 24 * 14)));
        }
    }

    /// <summary>Occasionally a process is lost in the middle of its work, and another one starts.</summary>
    private async Task LoseAsync()
    {
        if (dice.Next(4) != 0) return;
        for (var steps = dice.Next(StepsBeforeLossMax); steps > 0; steps--) await Task.Yield();
        var n = dice.Next(processes.Length);
        processes[n].Kill();
        lost.Add(processes[n]);
        processes[n] = NewProcess();
    }

    /// <summary>Faults end, and all due and requested work is finished.</summary>
    private async Task SettleAsync()
    {
        Journal.FaultPercent = 0;
        Provider.UnknownPercent = 0;
        for (var step = 0; step < 50; step++)
        {
            await RunDueAsync(step % 2);
            clock.MoveTo(clock.GetCurrentInstant() + Duration.FromHours(2));
        }
    }

    private async Task CommandAsync(string id, string key)
    {
        var command = Choose(id, key);
        var idempotency = new IdempotencyKey(
            BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(key))), (ulong)command.GetType().Name.Length);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var caller = command is SubscriptionCommand.Cancel &&
                dice.Next(2) == 0 ? new Caller(Role.Customer, "customer-1") : Caller.Administrator;
            var result = await processes[dice.Next(processes.Length)].AskAsync(id, new CommandEnvelope(command, caller, idempotency));
            if (result is null or CommandResult.Unavailable) continue;
            if (result is CommandResult.Accepted accepted)
                acknowledged.Add($"{id} {key}", new Acknowledged(id, accepted.State.Version, command));
            return;
        }

        throw new BrokenLawException("All 100 attempts at one command failed.");
    }

    /// <summary>The bank confirms a voucher, possibly one that we let expire, and repeats the call until it succeeds.</summary>
    private async Task PayVoucherAsync()
    {
        if (dice.Next(2) == 0 || Provider.PayOneVoucher() is not { } key) return;
        var parts = key.Split(':');
        var confirmation = new SubscriptionCommand.ConfirmPayment(
            int.Parse(parts[^2], CultureInfo.InvariantCulture), int.Parse(parts[^1], CultureInfo.InvariantCulture),
            new PaymentOutcome.Succeeded());
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var result = await processes[dice.Next(processes.Length)].AskAsync(
                parts[0], new CommandEnvelope(confirmation, Caller.Administrator));
            if (result is null or CommandResult.Unavailable) continue;
            Laws.Hold(result is CommandResult.Accepted, $"A payment that the bank confirms is accepted, not answered with {result}.");
            return;
        }

        throw new BrokenLawException("All 100 calls of the bank failed.");
    }

    private SubscriptionCommand Choose(string id, string key) => dice.Next(28) switch
    {
        < 5 => new SubscriptionCommand.Subscribe(
            id, sold[dice.Next(sold.Length)], new Customer("customer-1", null), Tokens[dice.Next(Tokens.Length)], null, null, null)
            {
                AffiliateId = dice.Next(2) == 0 ? "bob" : null,
            },
        5 => new SubscriptionCommand.Cancel(EffectiveAt.Now, "price", "Too dear for me.", (CancellationRefund)dice.Next(3), null),
        6 => new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, "Not needed any more.", CancellationRefund.None, null),
        7 => new SubscriptionCommand.Uncancel(),
        8 => new SubscriptionCommand.Reactivate(dice.Next(2) == 0, "tok_ok"),
        9 => dice.Next(2) == 0 ? new SubscriptionCommand.Retry() : new SubscriptionCommand.RetryInvoice(dice.Next(1, 5)),
        10 or 11 => new SubscriptionCommand.ChangePaymentMethod(Tokens[dice.Next(Tokens.Length)] + "-" + dice.Next(3)),
        12 => new SubscriptionCommand.EndTrial(),
        < 17 => new SubscriptionCommand.ChangePlan((EffectiveAt)dice.Next(2), market[dice.Next(market.Length)], dice.Next(1, 4), null),
        17 => new SubscriptionCommand.Pause(
            (EffectiveAt)dice.Next(2), dice.Next(2) == 0 ? null : clock.GetCurrentInstant() + Duration.FromDays(dice.Next(40, 90))),
        18 or 19 => new SubscriptionCommand.Resume(),
        20 => new SubscriptionCommand.ChangeBillingDate(clock.GetCurrentInstant() + Duration.FromDays(dice.Next(1, 20)), null),
        21 => new SubscriptionCommand.GiveRecurrences(1),
        22 => new SubscriptionCommand.RefundInvoice(dice.Next(1, 4), dice.Next(1, 900), dice.Next(2) == 0, "sorry"),
        23 => new SubscriptionCommand.RequestVoucher(),

        // The key is new each time, so that every change makes an event.
        24 => new SubscriptionCommand.ChangeMetadata(
            ImmutableSortedDictionary<string, string?>.Empty.Add("last", key).Add($"key-{dice.Next(3)}", dice.Next(3) == 0 ? null : key),
            RemovesOthers: dice.Next(4) == 0),
        25 => new SubscriptionCommand.SendMessage(key, $"Hello from {key}"),
        _ => new SubscriptionCommand.RecordUsage(
            [new UsageEntry($"{key}-1", "calls", dice.Next(90), null, null),
                new UsageEntry($"{key}-2", "users", 0, null, $"user-{dice.Next(4)}"),
                new UsageEntry($"{key}-2", "users", 0, null, "user-0")]),
    };

    private async Task RunDueAsync(int process)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                await processes[process].RunDueAsync();
                return;
            }
            catch (JournalUnavailableException)
            {
                // An injected fault; the next pass of the pump tries again.
            }
        }

        throw new BrokenLawException("All 200 passes over due work failed.");
    }

    private Process NewProcess()
    {
        var life = new MortalProcess(Journal, Provider);
        var time = new ImpatientTime(scheduler, clock);
        var options = new TurnHostOptions
        {
            Scheduler = scheduler, LiveSubscriptionsMax = 4, DuePageMax = 3, WakesMax = 2, ProviderCallsMax = 2,
        };
        return new Process(
            new TurnHost(options, life, life, new CatalogCache(catalog, time), life, clock, time, NullLoggerFactory.Instance), life);
    }
}
