using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>The terms that a scenario starts with. Every method returns a changed copy.</summary>
public sealed record Given
{
    private Given()
    {
    }

    private Product Product { get; init; } =
        new("product", "seller", "Product", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel);

    private Plan Plan { get; init; } = new("plan", "product", "Plan", new BillingInterval(IntervalUnit.Month, 1), 0, null, null);

    private Offer Offer { get; init; } = new("offer", 1, "plan", 1000, "BRL");

    public static Given Daily(long amount = 1000, string currency = "BRL") => Every(1, IntervalUnit.Day, amount, currency);

    public static Given Weekly(long amount = 1000, string currency = "BRL") => Every(1, IntervalUnit.Week, amount, currency);

    public static Given Monthly(long amount = 1000, string currency = "BRL") => Every(1, IntervalUnit.Month, amount, currency);

    public static Given Yearly(long amount = 1000, string currency = "BRL") => Every(1, IntervalUnit.Year, amount, currency);

    public static Given Every(int count, IntervalUnit unit, long amount = 1000, string currency = "BRL")
    {
        var given = new Given();
        return given with
        {
            Plan = given.Plan with { Interval = new BillingInterval(unit, count) },
            Offer = given.Offer with { Amount = amount, Currency = currency },
        };
    }

    public Given Zone(string zone) => this with { Product = Product with { TimeZone = zone } };

    public Given Trial(int days) => this with { Plan = Plan with { TrialDays = days } };

    public Given Recurrences(int count) => this with { Plan = Plan with { Recurrences = count } };

    public Given TrialWithoutMethod(TrialWithoutPaymentMethod setting) =>
        this with { Product = Product with { TrialWithoutPaymentMethod = setting } };

    public Given Dunning(DunningPolicy policy) => this with { Product = Product with { Dunning = policy } };

    public Given Retries(int retries, int windowDays = 30, params int[] gaps) => Dunning(Product.Dunning with
    {
        MaxRetries = retries, WindowDays = windowDays,
        ScheduleDays = gaps.Length == 0 ? Product.Dunning.ScheduleDays : [.. gaps.ToImmutableArray()],
    });

    public Given OnExhausted(ExhaustedAction action) => Dunning(Product.Dunning with { OnExhausted = action });

    public Given MovingBillingDate() => Dunning(Product.Dunning with { MoveBillingDate = true });

    public Given OfProduct(Func<Product, Product> change) => this with { Product = change(Product) };

    public Given OfPlan(Func<Plan, Plan> change) => this with { Plan = change(Plan) };

    public Given OfOffer(Func<Offer, Offer> change) => this with { Offer = change(Offer) };

    /// <summary>Another offer of the same product, on a plan of its own.</summary>
    public Given Other(string id, long amount, int count = 1, IntervalUnit unit = IntervalUnit.Month) => this with
    {
        Plan = Plan with { Id = $"plan-{id}", Interval = new BillingInterval(unit, count) },
        Offer = Offer with { Id = id, PlanId = $"plan-{id}", Amount = amount },
    };

    public OfferTerms Terms() => new(Product, Plan, Offer);

    /// <summary>Starts a timeline at a UTC time such as 2024-01-31T10:00.</summary>
    public Timeline At(string utc) => new(Terms(), When.Utc(utc));

    /// <summary>Starts a timeline at a local time in the product's time zone.</summary>
    public Timeline AtLocal(string local) => new(Terms(), When.Local(local, Product.TimeZone));
}
