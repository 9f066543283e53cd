using NodaTime;

namespace OrleansBilling.Domain.Billing;

/// <summary>One recurrence of a subscription: the half-open stretch [Start, End) that one invoice pays for.</summary>
/// <param name="Index">Counted from 1 over the life of the subscription; the key against double billing.</param>
/// <param name="Start">First instant inside.</param>
/// <param name="End">First instant after.</param>
public sealed record BillingPeriod(int Index, Instant Start, Instant End);
