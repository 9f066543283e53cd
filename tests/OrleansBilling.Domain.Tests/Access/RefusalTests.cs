using System.Reflection;

namespace OrleansBilling.Domain.Tests.Access;

/// <summary>Every refusal that the decider knows, with a situation that meets it; none of them changes anything.</summary>
public sealed class RefusalTests
{
    /// <summary>The runtime's own: it remembers the keys, the decider never sees them.</summary>
    private static readonly string[] OfTheRuntime = [Refusal.KeyReused.Code, Refusal.TooManyKeys.Code];

    private static readonly Dictionary<string, Func<(Timeline Life, SubscriptionCommand Command, Caller Caller)>> Situations = new()
    {
        ["subscription_not_found"] = () => (New(), Ask.Cancel(), By.Administrator),
        ["subscription_exists"] = () => (Active(), Active().Subscription(), By.Administrator),
        ["offer_not_found"] = () => (New(), New().Subscription(), By.OtherSeller),
        ["forbidden"] = () => (Active(), Ask.Retry(), By.Customer),
        ["origin_forbidden"] = () => (Active(), Ask.Cancel(origin: CancellationOrigin.Seller), By.Seller),
        ["refund_forbidden"] = () => (Active(), Ask.Cancel(CancellationRefund.Full), By.Customer),
        ["given_period_forbidden"] = () => (Active().Tell(Ask.Cancel()), Ask.Reactivate(charge: false), By.Customer),
        ["payment_method_required"] = () => (New(), New().Subscription(token: null), By.Administrator),
        ["start_in_past"] = () => (New(), New().Subscription(startAt: When.Utc("2024-01-31T09:59")), By.Administrator),
        ["start_too_far"] = () => (New(), New().Subscription(startAt: When.Utc("2035-01-01T00:00")), By.Administrator),
        ["subscription_ended"] = () => (Active().Tell(Ask.Cancel()), Ask.Cancel(), By.Administrator),
        ["cancellation_scheduled"] = () => (Active().Tell(Ask.CancelAtPeriodEnd()), Ask.CancelAtPeriodEnd(), By.Administrator),
        ["no_cancellation_scheduled"] = () => (Active(), Ask.Uncancel(), By.Administrator),
        ["refund_needs_cancel_now"] = () => (Active(), Ask.CancelAtPeriodEnd(CancellationRefund.Full), By.Administrator),
        ["nothing_to_refund"] = () => (Trialing(), Ask.Cancel(CancellationRefund.Full), By.Administrator),
        ["not_canceled"] = () => (Active(), Ask.Reactivate(), By.Administrator),
        ["nothing_overdue"] = () => (Active(), Ask.Retry(), By.Administrator),
        ["charge_in_flight"] = () => (RetryInFlight(), Ask.Retry(), By.Administrator),
        ["attempt_limit"] = () => (DeclinedTooOften(), Ask.Retry(), By.Administrator),
        ["not_trialing"] = () => (Active(), Ask.EndTrial(), By.Administrator),
        ["trial_end_not_later"] = () => (Trialing(), Ask.ExtendTrial(0), By.Administrator),
        ["trial_too_long"] = () => (Trialing(), Ask.ExtendTrial(730), By.Administrator),
    };

    public static TheoryData<string> Codes => [.. Situations.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_refusal_has_its_code_and_changes_nothing(string code)
    {
        var (life, command, caller) = Situations[code]();
        var before = life.StateOrNull;
        var events = life.Events.Count;

        var refusal = life.Refuses(command, caller);

        Assert.Equal(code, refusal.Code);
        Assert.Same(before, life.StateOrNull);
        Assert.Equal(events, life.Events.Count);
        Assert.EndsWith(".", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void No_refusal_is_without_a_situation()
    {
        var known = typeof(Refusal).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => ((Refusal)property.GetValue(null)!).Code)
            .Append(Refusal.Ended(SubscriptionStatus.Canceled).Code)
            .Except(OfTheRuntime);

        Assert.Equal(known.Order(), Situations.Keys.Order());
    }

    [Theory]
    [InlineData(SubscriptionStatus.Canceled, "canceled")]
    [InlineData(SubscriptionStatus.Expired, "expired")]
    [InlineData(SubscriptionStatus.Completed, "completed")]
    [InlineData(SubscriptionStatus.PastDue, "past_due")]
    [InlineData(SubscriptionStatus.Pending, "pending")]
    [InlineData(SubscriptionStatus.Trialing, "trialing")]
    [InlineData(SubscriptionStatus.Active, "active")]
    [InlineData(SubscriptionStatus.Paused, "paused")]
    public void Statuses_have_the_names_that_the_API_writes(SubscriptionStatus status, string name) =>
        Assert.Equal(name, Refusal.StatusName(status));

    private static Timeline New() => Given.Monthly().At("2024-01-31T10:00");

    private static Timeline Active() => New().Subscribe();

    private static Timeline Trialing() => Given.Monthly().Trial(14).At("2024-01-31T10:00").Subscribe();

    private static Timeline RetryInFlight() => New().SubscribeWith(Bank.Soft, Bank.Silence).Tell(Ask.Retry());

    private static Timeline DeclinedTooOften()
    {
        var life = Given.Daily().Retries(0, 60).OnExhausted(ExhaustedAction.LeavePastDue).At("2024-01-01T10:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        return life.To("2024-01-21T12:00");
    }
}
