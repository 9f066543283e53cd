namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>
/// One life by dice: random terms, then some forty random commands, silences and advances over about two years. The
/// laws are held after every decision; the same seed lives the same life.
/// </summary>
public sealed class RandomLife
{
    private const int StepsMax = 40;

    private readonly Random dice;
    private readonly int declinePercent;

    private RandomLife(int seed)
    {
        dice = new Random(seed);
        declinePercent = RandomTerms.Pick(dice, [5, 20, 50, 90]);
        var start = When.Utc("2017-12-01T00:00") + Duration.FromMinutes(dice.Next(2 * 365 * 24 * 60));
        Timeline = new Timeline(RandomTerms.Roll(dice).Terms(), start) { Thorough = false };
        Timeline.Bank.Decides(_ => Outcome());
    }

    public Timeline Timeline { get; }

    /// <summary>Lives the life of a seed; a broken law throws with the seed and all steps.</summary>
    public static Timeline Live(int seed)
    {
        var life = new RandomLife(seed);
        try
        {
            life.Live();
        }
        catch (Laws.LawBrokenException broken)
        {
            throw new InvalidOperationException($"RandomLife.Live({seed}): {broken.Message}", broken);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"RandomLife.Live({seed}): {broken}\n{life.Timeline.Story()}", broken);
        }

        return life.Timeline;
    }

    private void Live()
    {
        Subscribe();
        for (var step = 0; step < StepsMax; step++)
        {
            if (dice.Next(2) == 0) PassTime();
            else Command();
        }

        Timeline.Laws.HoldWhole();
    }

    private void Subscribe()
    {
        var trialDays = dice.Next(4) == 0 ? dice.Next(0, 30) : (int?)null;
        var mayOmitMethod = (trialDays ?? Timeline.Terms.Plan.TrialDays) > 0;
        var token = mayOmitMethod && dice.Next(2) == 0 ? null : Token();
        var startAt = dice.Next(5) == 0 ? Timeline.Now + Duration.FromHours(dice.Next(24 * 60)) : (Instant?)null;
        Timeline.Tell(Timeline.Subscription(token, trialDays, startAt));
    }

    /// <summary>Mostly from due time to due time; sometimes nobody is there to wake it, and it catches up later.</summary>
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

    private SubscriptionCommand NextCommand() => dice.Next(20) switch
    {
        0 => Ask.Cancel(RandomTerms.Pick(dice, Enum.GetValues<CancellationRefund>())),
        1 or 2 => Ask.CancelAtPeriodEnd(),
        3 or 4 => Ask.Uncancel(),
        5 or 6 or 7 => Ask.Reactivate(dice.Next(2) == 0, dice.Next(2) == 0 ? Token() : null),
        8 or 9 or 10 => Ask.Retry(),
        11 => Ask.EndTrial(),
        12 => Ask.ExtendTrial(dice.Next(1, 20)),
        13 or 14 or 15 => Ask.ChangeMethod(Token()),
        16 or 17 => LateOutcome(),
        18 => Timeline.Subscription(),
        _ => Ask.Wake(),
    };

    /// <summary>An outcome of whatever payment may be, or may have been, in flight.</summary>
    private SubscriptionCommand LateOutcome()
    {
        var outcome = Outcome() ?? Bank.Unclear;
        if (Timeline.State.Charge is { } charge && dice.Next(3) > 0) return Ask.Outcome(outcome, charge.Invoice, charge.Attempt);
        return dice.Next(2) == 0
            ? Ask.Outcome(outcome, dice.Next(1, 4), dice.Next(1, 4))
            : Ask.RefundOutcome(outcome, dice.Next(1, 4));
    }

    private string Token() => RandomTerms.Pick(dice, ["tok_a", "tok_b", "tok_c"]);

    private PaymentOutcome? Outcome() => dice.Next(100) < declinePercent
        ? dice.Next(5) == 0 ? Bank.Hard : Bank.Soft
        : dice.Next(20) switch
        {
            0 => Bank.Silence,
            1 => Bank.Unclear,
            _ => Bank.Paid,
        };
}
