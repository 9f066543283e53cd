using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>What happens to a subscription when dunning ends and an invoice is still overdue.</summary>
public enum ExhaustedAction
{
    /// <summary>The system cancels the subscription (involuntary).</summary>
    Cancel,

    /// <summary>The subscription is paused until the overdue invoice is paid.</summary>
    Pause,

    /// <summary>The subscription stays past due. Later periods are invoiced and charged as usual.</summary>
    LeavePastDue,
}

/// <summary>How declined charges are retried (see "Dunning" in the domain's README).</summary>
/// <param name="MaxRetries">Automatic retries after the first attempt, 0 to 20.</param>
/// <param name="WindowDays">Days after the first attempt in which retries are made, 1 to 365.</param>
/// <param name="ScheduleDays">Days between consecutive attempts. When the list runs out, its last gap repeats.</param>
/// <param name="MoveBillingDate">Whether recovery moves the billing date to the day of the successful payment.</param>
/// <param name="OnExhausted">What happens when the retries or the window run out.</param>
public sealed record DunningPolicy(
    int MaxRetries,
    int WindowDays,
    ImmutableArray<int> ScheduleDays,
    bool MoveBillingDate,
    ExhaustedAction OnExhausted)
{
    /// <summary>The largest <see cref="MaxRetries"/> that a policy may set.</summary>
    public const int MaxRetriesLimit = 20;

    public const int WindowDaysLimit = 365;

    /// <summary>Attempts on days 0, 1, 4, 9, 16 and 23, within 30 days, then cancel.</summary>
    public static DunningPolicy Default { get; } = new(5, 30, [1, 3, 5, 7, 7], false, ExhaustedAction.Cancel);

    /// <summary>The gap in days before retry <paramref name="retry"/>, counted from 1.</summary>
    public int GapDays(int retry) => ScheduleDays[Math.Min(retry, ScheduleDays.Length) - 1];

    /// <inheritdoc/>
    public bool Equals(DunningPolicy? other) =>
        other is not null && MaxRetries == other.MaxRetries && WindowDays == other.WindowDays &&
        ScheduleDays.AsSpan().SequenceEqual(other.ScheduleDays.AsSpan()) &&
        MoveBillingDate == other.MoveBillingDate && OnExhausted == other.OnExhausted;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MaxRetries, WindowDays, ScheduleDays.Length, MoveBillingDate, OnExhausted);
}
