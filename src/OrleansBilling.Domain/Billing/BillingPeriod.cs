using NodaTime;

namespace OrleansBilling.Domain.Billing;

/// <summary>One recurrence of a subscription: the half-open interval [Start, End) that one invoice pays for.</summary>
/// <param name="Index">Counted from 1 over the life of the subscription. It prevents double billing.</param>
/// <param name="End">First instant after the period.</param>
public sealed record BillingPeriod(int Index, Instant Start, Instant End);
