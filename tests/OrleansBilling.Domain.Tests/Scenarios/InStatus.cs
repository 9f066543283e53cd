namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>A life in every status, and in every variant of it, for tables of what is allowed when.</summary>
public static class InStatus
{
    private static readonly Given Metered = Given.Monthly(3000).OfOffer(o => o with
    {
        Meters = [
            new Meter
            {
                Id = "calls", Name = "Calls", Aggregation = MeterAggregation.Sum, Pricing = MeterPricing.PerUnit, Price = new UnitPrice(1),
            }],
    }).OfProduct(
        p => p with
        {
            Retention = new RetentionPolicy(7, 0, 0, [new RetentionOffer("half", [], 0, new PriceReduction(50_000, null), 2, null, null)]),
        });

    public static IReadOnlyDictionary<string, Func<Timeline>> All { get; } = new Dictionary<string, Func<Timeline>>
    {
        ["starts later"] = () => Metered.At("2024-06-01T00:00").Subscribe(startAt: "2024-06-20T00:00"),
        ["pending"] = () => Metered.At("2024-06-01T00:00").SubscribeWith(Bank.Soft),
        ["trialing"] = () => Metered.Trial(14).At("2024-06-01T00:00").Subscribe(),
        ["active"] = () => Metered.At("2024-06-01T00:00").Subscribe(),
        ["charging"] = () => Charging(),
        ["past due"] = () => PastDue(Metered),
        ["cancels at end"] = () => Metered.At("2024-06-01T00:00").Subscribe().Tell(Ask.CancelAtPeriodEnd()),
        ["pauses at end"] = () => Metered.At("2024-06-01T00:00").Subscribe().Tell(Ask.Pause(EffectiveAt.PeriodEnd)),
        ["paused"] = () => Metered.At("2024-06-01T00:00").Subscribe().Tell(Ask.Pause()),
        ["paused unpaid"] = () => PastDue(Metered.Retries(0).OnExhausted(ExhaustedAction.Pause)),
        ["paused without method"] = () =>
            Metered.Trial(14).TrialWithoutMethod(TrialWithoutPaymentMethod.Pause).At("2024-06-01T00:00").SubscribeWithoutMethod()
                .To("2024-06-15T00:00"),
        ["term ended"] = () => PastDue(Metered.Recurrences(2).Retries(3, 60, 25)).To("2024-08-05T00:00"),
        ["canceled"] = () => Metered.At("2024-06-01T00:00").Subscribe().Tell(Ask.Cancel()),
        ["expired"] = () => Metered.Retries(0).At("2024-06-01T00:00").SubscribeWith(Bank.Soft),
        ["completed"] = () => Metered.Recurrences(1).At("2024-06-01T00:00").Subscribe().To("2024-07-01T00:00"),
    };

    private static Timeline Charging()
    {
        var life = Metered.At("2024-06-01T00:00").Subscribe();
        life.Bank.Says(Bank.Silence);
        return life.To("2024-07-01T00:00");
    }

    /// <summary>July 1 is declined.</summary>
    private static Timeline PastDue(Given given)
    {
        var life = given.At("2024-06-01T00:00").Subscribe();
        life.Bank.AlwaysSays(Bank.Soft);
        life.To("2024-07-01T00:00");
        return life;
    }
}
