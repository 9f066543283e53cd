using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Benchmarks.Given;

/// <summary>A subscription that is paid month by month, with all its events.</summary>
internal sealed class Life
{
    public const string Id = "subscription-1";
    public static readonly Instant SoldAt = Instant.FromUtc(2024, 1, 31, 12, 0);
    private readonly List<SubscriptionEvent> events = [];

    private Life()
    {
        Terms = new OfferTerms(
            new Product("course", "seller-1", "Course", "America/Sao_Paulo", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel),
            new Plan("monthly", "course", "Monthly", new BillingInterval(IntervalUnit.Month, 1), 0, null, null),
            new Offer("basic", 1, "monthly", 2_990, "BRL"));
    }

    public OfferTerms Terms { get; }

    public IReadOnlyList<SubscriptionEvent> Events => events;

    /// <summary>An active, paid subscription.</summary>
    public Subscription State { get; private set; } = null!;

    public Instant RenewsAt => State.CurrentPeriod!.End;

    public static Life Sold()
    {
        var life = new Life();
        var sale = new SubscriptionCommand.Subscribe(Id, life.Terms, new Customer("customer-1", null), "tok_ok", null, null, null);
        life.Run(null, sale, SoldAt);
        life.Pay();
        return life;
    }

    /// <summary>Renews a subscription until it has at least this many events.</summary>
    public static Life Of(int events)
    {
        var life = Sold();
        while (life.events.Count < events)
        {
            life.Run(life.State, SubscriptionCommand.Wake.Instance, life.RenewsAt);
            life.Pay();
        }

        return life;
    }

    public DecisionContext At(Instant now, Caller caller) => new(now, Terms, caller);

    private void Pay()
    {
        var charge = State.Charge!;
        var paid = new SubscriptionCommand.RecordPayment(charge.Kind, charge.Invoice, charge.Attempt, new PaymentOutcome.Succeeded());
        Run(State, paid, State.UpdatedAt);
    }

    private void Run(Subscription? before, SubscriptionCommand command, Instant now)
    {
        var decision = SubscriptionDecider.Decide(before, command, At(now, Caller.System));
        if (decision.Refusal is { } refusal) throw new InvalidOperationException($"{command.GetType().Name}: {refusal.Code}");
        events.AddRange(decision.Steps.Select(step => step.Event));
        State = decision.State!;
    }
}
