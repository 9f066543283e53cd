using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;

namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// Lists the chargebacks of all subscriptions, newest first. The list is derived from the journal and follows its commits within a second
/// (<see cref="IListProjection"/>).
/// </summary>
public interface IChargebackList
{
    /// <summary>Up to <paramref name="limit"/> matching chargebacks after a mark; null while the list is being rebuilt.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    ValueTask<IReadOnlyList<Chargeback>?> ListAsync(
        ChargebackFilter filter, ChargebackMark? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Which chargebacks to list. Several values mean any of them; an empty list means all.</summary>
public sealed record ChargebackFilter
{
    public ImmutableArray<DisputeStatus> Statuses { get; init; } = [];

    public ImmutableArray<string> SellerIds { get; init; } = [];

    public ImmutableArray<string> CustomerIds { get; init; } = [];

    public ImmutableArray<string> SubscriptionIds { get; init; } = [];

    /// <summary>When the chargeback was recorded.</summary>
    public InstantRange Created { get; init; }
}

/// <summary>A chargeback's place in the list, which is ordered by these, all descending.</summary>
public readonly record struct ChargebackMark(Instant CreatedAt, string SubscriptionId, int Invoice, int Attempt)
{
    public static ChargebackMark Of(Chargeback chargeback)
    {
        ArgumentNullException.ThrowIfNull(chargeback);
        return new(chargeback.OpenedAt, chargeback.SubscriptionId, chargeback.Invoice, chargeback.Attempt);
    }
}

/// <summary>A charge that the customer's bank took back, in full or in part, and how its dispute stands.</summary>
/// <param name="Invoice">The invoice's number within the subscription.</param>
/// <param name="Attempt">The attempt that had collected the money. A charge is disputed once.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Minor units that the bank took.</param>
/// <param name="CreditTaken">Minor units of the subscription's credit that were set off against it.</param>
/// <param name="Reason">The bank's reason, as an older release stored it.</param>
/// <param name="OpenedAt">When it was recorded.</param>
/// <param name="ClosedAt">When it was decided.</param>
public sealed record Chargeback(
    string SubscriptionId,
    int Invoice,
    int Attempt,
    string SellerId,
    string CustomerId,
    string Currency,
    DisputeStatus Status,
    long Amount,
    long CreditTaken,
    string? Reason,
    Instant OpenedAt,
    Instant? ClosedAt)
{
    /// <summary>The sequence under which the bank's reason is stored; null if there is none.</summary>
    public long? ReasonSequence { get; init; }
}
