using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>
/// One random life: random terms, then random commands, silences and advances over about two years. The laws are checked after
/// every decision, and over the whole history after every step. The same script always produces the same life.
/// </summary>
public sealed class RandomLife
{
    private const int StepsOfASeed = 60;

    private readonly Script script;
    private readonly int declinePercent;
    private readonly RandomMarket market;
    private Random dice;

    private RandomLife(Script script)
    {
        this.script = script;
        dice = new Random(script.Market);
        declinePercent = RandomTerms.Pick(dice, [5, 20, 50, 90]);
        var start = When.Utc("2017-12-01T00:00") + Duration.FromMinutes(dice.Next(2 * 365 * 24 * 60));
        market = RandomMarket.Roll(dice, RandomTerms.Roll(dice));
        Timeline = new Timeline(market.Offers[0], start) { Thorough = false };
        Timeline.Bank.Decides(payment => Outcome(DiceOf(payment), payment is { Kind: PaymentKind.Charge, Token: "tok_voucher" }));
    }

    public Timeline Timeline { get; }

    /// <summary>Runs a life of sixty steps.</summary>
    public static Timeline Live(int seed)
    {
        var steps = new Random(seed);
        return Live(new Script(seed, [.. Enumerable.Range(0, StepsOfASeed).Select(_ => steps.Next())]));
    }

    /// <summary>Runs the life of a script. A broken law throws with the script and all steps.</summary>
    public static Timeline Live(Script script)
    {
        var life = new RandomLife(script);
        try
        {
            life.Live(thorough: true);
        }
        catch (Laws.LawBrokenException broken)
        {
            throw new InvalidOperationException($"{script}: {broken.Message}", broken);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"{script}: {broken}\n{life.Timeline.Story()}", broken);
        }

        return life.Timeline;
    }

    /// <summary>The life of a script and its market, so that more can be tried on it.</summary>
    public static (Timeline Life, RandomMarket Market) Begin(Script script)
    {
        var life = new RandomLife(script);
        life.Live(thorough: false);
        return (life.Timeline, life.market);
    }

    private void Live(bool thorough)
    {
        Subscribe();
        foreach (var step in script.Steps)
        {
            dice = new Random(step);
            if (dice.Next(2) == 0) PassTime();
            else Command();
            if (thorough) Timeline.Laws.HoldWhole();
        }
    }

    private void Subscribe()
    {
        var trialDays = dice.Next(4) == 0 ? dice.Next(0, 30) : (int?)null;
        var mayOmitMethod = (trialDays ?? Timeline.Terms.Plan.TrialDays) > 0;
        var token = mayOmitMethod && dice.Next(2) == 0 ? null : Token();
        var startAt = dice.Next(5) == 0 ? Timeline.Now + Duration.FromHours(dice.Next(24 * 60)) : (Instant?)null;
        Timeline.Tell(((SubscriptionCommand.Subscribe)Timeline.Subscription(token, trialDays, startAt)) with
        {
            Customer = new Customer("customer", null, RandomTerms.Pick(dice, ["BR", "DE", null])),
            Quantity = dice.Next(3) == 0 ? dice.Next(1, 9) : 1,
            AddOns = AddOns(),
            AffiliateId = dice.Next(2) == 0 ? "affiliate" : null,
            Coupon = dice.Next(4) == 0 ? RandomMarket.Coupon(dice) : null,
        });
    }

    /// <summary>Mostly moves from due time to due time. Sometimes nothing wakes the subscription and it catches up later.</summary>
    private void PassTime()
    {
        var target = Timeline.Now + dice.Next(4) switch
        {
            0 => Duration.FromSeconds(dice.Next(1, 7_200)),
            1 => Duration.FromHours(dice.Next(1, 72)),
            _ => Duration.FromHours(dice.Next(1, 24 * 140)),
        };
        if (dice.Next(5) > 0) Timeline.To(target);
        else Timeline.SleepTo(target);
        if (dice.Next(4) > 0) Timeline.Settle();
    }

    private void Command()
    {
        var decision = Timeline.Decide(NextCommand(), RandomTerms.Pick(dice, [By.Administrator, By.Seller, By.Customer, By.OtherSeller]));
        if (decision.Refusal is null && dice.Next(5) > 0) Timeline.Settle();
    }

    private SubscriptionCommand NextCommand() => dice.Next(50) switch
    {
        20 or 21 or 22 or 23 or 24 =>
            Ask.ChangePlan(RandomTerms.Pick(dice, market.Offers), At(), dice.Next(3) == 0 ? dice.Next(1, 5) : null, dice.Next(2) == 0),
        25 => Ask.Quantity(dice.Next(1, 12), At()),
        26 => new SubscriptionCommand.ChangePlan(At(), null, null, AddOns()),
        27 => Ask.UndoPlanChange(),
        28 or 29 => new SubscriptionCommand.Pause(At(), dice.Next(2) == 0 ? null : Timeline.Now + Duration.FromHours(dice.Next(1, 2_000))),
        30 or 31 or 32 => Ask.Resume(),
        33 or 34 => new SubscriptionCommand.ChangeBillingDate(Timeline.Now + Duration.FromHours(dice.Next(1, 1_000)), null),
        35 => Ask.Coupon(RandomMarket.Coupon(dice)),
        36 => Ask.Give(dice.Next(1, 3)),
        37 => Ask.Retention(RandomTerms.Pick(dice, ["no_time", "too_dear", null]), dice.Next(2) == 0 ? null : dice.Next(1, 4)),
        38 or 39 => Ask.AcceptRetention(market.Offers[1]),
        40 or 41 => Usage(),
        42 => dice.Next(3) == 0
            ? Ask.RefundLines(dice.Next(1, 5), (dice.Next(1, 4), dice.Next(1, 2_000)), (dice.Next(4, 7), dice.Next(1, 2_000)))
            : Ask.Refund(dice.Next(1, 5), dice.Next(2) == 0 ? null : dice.Next(1, 3_000), dice.Next(2) == 0),
        43 => Ask.NewVoucher(),
        44 or 45 => Ask.Confirm(dice.Next(4) == 0 ? Bank.Hard : Bank.Paid, dice.Next(1, 4), dice.Next(1, 4)),
        19 or 46 => Chargeback(),
        47 => Ask.ChangeMethod("tok_voucher"),
        48 => dice.Next(5) == 0
            ? Ask.RemoveMetadata()
            : Ask.Metadata(
                ($"key-{dice.Next(3)}", dice.Next(3) == 0 ? null : $"value-{dice.Next(3)}"), ($"key-{dice.Next(3, 6)}", null)),
        49 => Ask.Message($"message-{dice.Next()}"),
        0 => Ask.Cancel(RandomTerms.Pick(dice, Enum.GetValues<CancellationRefund>())),
        1 or 2 => Ask.CancelAtPeriodEnd(),
        3 or 4 => Ask.Uncancel(),
        5 or 6 or 7 => Ask.Reactivate(dice.Next(2) == 0, dice.Next(2) == 0 ? Token() : null),
        8 or 9 => Ask.Retry(),
        10 => Ask.RetryInvoice(dice.Next(1, 5)),
        11 => Ask.EndTrial(),
        12 => Ask.ExtendTrial(dice.Next(1, 20)),
        13 or 14 or 15 => Ask.ChangeMethod(Token()),
        16 or 17 => LateOutcome(),
        18 => Timeline.Subscription(),
        _ => Ask.Wake(),
    };

    /// <summary>A chargeback of any payment, or of none. An open dispute is decided first.</summary>
    private SubscriptionCommand Chargeback()
    {
        var paid = Timeline.Invoices.SelectMany(
            invoice => invoice.Captures, (invoice, capture) => (invoice.Number, capture.Attempt, capture.Dispute)).ToList();
        var open = paid.FirstOrDefault(one => one.Dispute is { Status: DisputeStatus.Open });
        if (open.Dispute is not null)
            return Ask.Chargeback(open.Number, open.Attempt, outcome: dice.Next(2) == 0 ? DisputeStatus.Won : DisputeStatus.Lost);
        var (invoice, attempt) = paid.Count == 0 ||
            dice.Next(4) == 0 ? (dice.Next(1, 5), dice.Next(1, 3)) : Of(RandomTerms.Pick(dice, paid));
        return Ask.Chargeback(
            invoice, attempt, dice.Next(2) == 0 ? null : dice.Next(1, 5_000),
            RandomTerms.Pick(dice, [DisputeStatus.Open, DisputeStatus.Open, DisputeStatus.Lost]));

        static (int, int) Of((int Invoice, int Attempt, Dispute? Dispute) charge) => (charge.Invoice, charge.Attempt);
    }

    /// <summary>An outcome for any payment that is, or was, in flight.</summary>
    private SubscriptionCommand LateOutcome()
    {
        var outcome = Outcome(dice, voucher: false) ?? Bank.Unclear;
        if (Timeline.State.Charge is { } charge && dice.Next(3) > 0) return Ask.Outcome(outcome, charge.Invoice, charge.Attempt);
        return dice.Next(2) == 0
            ? Ask.Outcome(outcome, dice.Next(1, 4), dice.Next(1, 4))
            : Ask.RefundOutcome(outcome, dice.Next(1, 4));
    }

    private string Token() => RandomTerms.Pick(dice, ["tok_a", "tok_b", "tok_c", "tok_voucher"]);

    private EffectiveAt At() => dice.Next(3) == 0 ? EffectiveAt.PeriodEnd : EffectiveAt.Now;

    private ImmutableArray<AddOnQuantity> AddOns() => dice.Next(4) switch
    {
        0 => [new("storage", dice.Next(1, 4))],
        1 => [new("support", 1), new("storage", dice.Next(1, 4))],
        _ => [],
    };

    private SubscriptionCommand.RecordUsage Usage() => new(
    [
        .. Enumerable.Range(0, dice.Next(1, 6)).Select(_ => dice.Next(4) switch
        {
            0 => new UsageEntry($"event-{dice.Next(60)}", "users", 0, null, $"user-{dice.Next(9)}"),
            1 => new UsageEntry($"event-{dice.Next(60)}", "peak", dice.Next(90), null, null),
            2 => new UsageEntry($"event-{dice.Next(60)}", "disk", dice.Next(40), Timeline.Now, null),
            _ => new UsageEntry($"event-{dice.Next(60)}", "calls", dice.Next(400), null, null),
        }),
    ]);

    /// <summary>The bank's answer depends only on the question, so that a shortened script gets the same answers.</summary>
    private Random DiceOf(PaymentInFlight payment) => new(unchecked(
        (script.Market * 31) + ((int)payment.Kind * 7_919) + (payment.Invoice * 104_729) + (payment.Attempt * 1_299_709) + (
            payment.Asks * 15_485_863)));

    private PaymentOutcome? Outcome(Random dice, bool voucher)
    {
        if (voucher && dice.Next(3) > 0) return Bank.Voucher;
        if (dice.Next(100) < declinePercent) return dice.Next(5) == 0 ? Bank.Hard : Bank.Soft;
        return dice.Next(20) switch
        {
            0 => Bank.Silence,
            1 => Bank.Unclear,
            _ => Bank.Paid,
        };
    }
}
