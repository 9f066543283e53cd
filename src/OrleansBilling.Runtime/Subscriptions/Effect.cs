using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>Work to do once a commit is durable. Losing an effect is harmless: the due time does it again.</summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Ask the provider for this payment under its permanent key.</summary>
    /// <param name="Payment">The payment in flight.</param>
    public sealed record AskProvider(PaymentInFlight Payment) : Effect;

    /// <summary>More work is due already: wake again at once.</summary>
    public sealed record WakeAgain : Effect
    {
        public static WakeAgain Instance { get; } = new();
    }
}

/// <summary>Decides which effects follow from a commit.</summary>
internal static class EffectRules
{
    public static IReadOnlyList<Effect> Of(IReadOnlyList<DecisionStep> steps, Subscription after, Instant now)
    {
        List<Effect>? effects = null;
        for (var n = 0; n < steps.Count; n++)
        {
            switch (steps[n].Event)
            {
                case SubscriptionEvent.ChargeRequested:
                case SubscriptionEvent.PaymentAsked { Kind: PaymentKind.Charge }:
                    Add(new Effect.AskProvider(after.Charge!));
                    break;
                case SubscriptionEvent.RefundRequested x:
                    Add(new Effect.AskProvider(after.FindRefund(x.Invoice, x.Refund)!));
                    break;
                case SubscriptionEvent.PaymentAsked { Kind: PaymentKind.Refund } x:
                    Add(new Effect.AskProvider(after.FindRefund(x.Invoice, x.Attempt)!));
                    break;
                default:
                    break;
            }
        }

        if (DueWork.Next(after) is { } due && due.At <= now) Add(Effect.WakeAgain.Instance);
        return (IReadOnlyList<Effect>?)effects ?? [];

        void Add(Effect effect) => (effects ??= new List<Effect>(1)).Add(effect);
    }
}
