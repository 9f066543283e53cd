namespace OrleansBilling.Domain.Tests.Access;

/// <summary>Which command is allowed in which status: "ok", or the code of the refusal.</summary>
public sealed class StatusTableTests
{
    private static OfferTerms OnNewTerms(Timeline life) =>
        new(life.Terms.Product, life.Terms.Plan, life.Terms.Offer with { Version = 2, Amount = 4000 });

    private static readonly Dictionary<string, Func<Timeline, SubscriptionCommand>> Commands = new()
    {
        ["change now"] = life => Ask.ChangePlan(OnNewTerms(life)),
        ["change at end"] = life => Ask.ChangePlan(OnNewTerms(life), EffectiveAt.PeriodEnd),
        ["pause now"] = _ => Ask.Pause(),
        ["pause at end"] = _ => Ask.Pause(EffectiveAt.PeriodEnd),
        ["resume"] = _ => Ask.Resume(),
        ["billing date"] = life => new SubscriptionCommand.ChangeBillingDate(life.Now + Duration.FromDays(9), null),
        ["cancel now"] = _ => Ask.Cancel(),
        ["cancel at end"] = _ => Ask.CancelAtPeriodEnd(),
        ["reactivate"] = _ => Ask.Reactivate(),
        ["retry"] = _ => Ask.Retry(),
        ["retry invoice"] = life => Ask.RetryInvoice(life.State.OpenInvoices.IsEmpty ? 1 : life.State.OpenInvoices[0].Number),
        ["method"] = _ => Ask.ChangeMethod("tok_b"),
        ["metadata"] = _ => Ask.Metadata(("tier", "gold")),
        ["message"] = _ => Ask.Message(),
        ["coupon"] = _ => Ask.Coupon(new Coupon { Id = "SPRING", SellerId = "seller", Reduction = new PriceReduction(10_000, null) }),
        ["gift"] = _ => Ask.Give(1),
        ["retention"] = _ => Ask.Retention(),
        ["usage"] = _ => Ask.Usage("u1", "calls", 1),
        ["end trial"] = _ => Ask.EndTrial(),
        ["extend trial"] = _ => Ask.ExtendTrial(3),
        ["new voucher"] = _ => Ask.NewVoucher(),
    };

    private const string Ended = "canceled, expired, completed";

    /// <summary>
    /// By command: each answer and the statuses that give it. Where a row names no ended subscription, that refuses with
    /// subscription_ended.
    /// </summary>
    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["change now"] = [
            "ok: trialing, active, charging, past due, pauses at end", "cancellation_scheduled: cancels at end",
            "not_possible_now: starts later, pending, paused, paused unpaid, paused without method, term ended"],
        ["change at end"] = [
            "ok: trialing, active, charging, past due, pauses at end", "cancellation_scheduled: cancels at end",
            "not_possible_now: starts later, pending, paused, paused unpaid, paused without method, term ended"],
        ["pause now"] = [
            "ok: active", "charge_in_flight: charging", "invoice_overdue: past due, term ended", "cancellation_scheduled: cancels at end",
            "pause_scheduled: pauses at end",
            "not_possible_now: starts later, pending, trialing, paused, paused unpaid, paused without method"],
        ["pause at end"] = [
            "ok: active", "charge_in_flight: charging", "invoice_overdue: past due, term ended", "cancellation_scheduled: cancels at end",
            "pause_scheduled: pauses at end",
            "not_possible_now: starts later, pending, trialing, paused, paused unpaid, paused without method"],
        ["resume"] = [
            "ok: paused, pauses at end", "paused_for_payment: paused unpaid, paused without method",
            "not_paused: starts later, pending, trialing, active, charging, past due, cancels at end, term ended"],
        ["billing date"] = [
            "ok: active", "invoice_open: charging", "invoice_overdue: past due, term ended", "cancellation_scheduled: cancels at end",
            "pause_scheduled: pauses at end",
            "not_possible_now: starts later, pending, trialing, paused, paused unpaid, paused without method"],
        ["cancel now"] = [
            "ok: starts later, pending, trialing, active, charging, past due, cancels at end, pauses at end, paused, paused unpaid, " +
            "paused without method, term ended"],
        ["cancel at end"] = [
            "ok: starts later, pending, trialing, active, charging, past due, pauses at end, paused, paused unpaid, " +
            "paused without method, term ended",
            "cancellation_scheduled: cancels at end"],
        ["reactivate"] = [
            "ok: canceled, expired",
            "not_canceled: starts later, pending, trialing, active, charging, past due, cancels at end, pauses at end, paused, " +
            "paused unpaid, paused without method, term ended, completed"],
        ["retry"] = [
            "ok: pending, past due, paused unpaid, term ended",
            "nothing_overdue: starts later, trialing, active, charging, cancels at end, pauses at end, paused, paused without method"],
        ["retry invoice"] = [
            "ok: pending, past due, paused unpaid, term ended", "invoice_not_found: starts later, trialing, paused without method",
            "invoice_not_overdue: active, charging, cancels at end, pauses at end, paused"],
        ["method"] = [AlwaysOk],
        ["metadata"] = [AlwaysOk, $"ok: {Ended}"],
        ["message"] = [AlwaysOk, $"ok: {Ended}"],
        ["coupon"] = [AlwaysOk],
        ["gift"] = [AlwaysOk],
        ["retention"] = [AlwaysOk],
        ["usage"] = [
            "ok: trialing, active, charging, past due, cancels at end, pauses at end",
            "not_possible_now: starts later, pending, paused, paused unpaid, paused without method, term ended"],
        ["end trial"] = ["ok: trialing", NotTrialing],
        ["extend trial"] = ["ok: trialing", NotTrialing],
        ["new voucher"] = [
            "charge_in_flight: charging",
            "no_voucher_expired: starts later, pending, trialing, active, past due, cancels at end, pauses at end, paused, " +
            "paused unpaid, paused without method, term ended"],
    };

    private const string AlwaysOk =
        "ok: starts later, pending, trialing, active, charging, past due, cancels at end, pauses at end, paused, paused unpaid, " +
        "paused without method, term ended";

    private const string NotTrialing =
        "not_trialing: starts later, pending, active, charging, past due, cancels at end, pauses at end, paused, paused unpaid, " +
        "paused without method, term ended";

    private static IEnumerable<(string Status, string Command, string Answer)> Rows =>
        from row in Table
        from answer in row.Value.Concat(row.Key is "reactivate" or "metadata" or "message" ? [] : [$"subscription_ended: {Ended}"])
        let parts = answer.Split(": ")
        from status in parts[1].Split(", ")
        select (status, row.Key, parts[0]);

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (var (status, command, answer) in Rows) cells.Add(status, command, answer);
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void In_each_status_each_command_is_accepted_or_refused_for_a_reason(string status, string command, string expected)
    {
        var life = InStatus.All[status]();

        var refusal = life.Decide(Commands[command](life), By.Administrator).Refusal;

        Assert.Equal(expected, refusal?.Code ?? "ok");
    }

    [Fact]
    public void The_table_has_every_status_and_every_command()
    {
        Assert.Equal(
            InStatus.All.Keys.SelectMany(status => Commands.Keys, (status, command) => (status, command)).Order(),
            Rows.Select(row => (row.Status, row.Command)).Order());
        Assert.Equal(Enum.GetValues<SubscriptionStatus>(), InStatus.All.Values.Select(status => status().Status).Distinct().Order());
    }
}
