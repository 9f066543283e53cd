using System.Collections.Immutable;

namespace OrleansBilling.Domain.Catalog;

/// <summary>What becomes of a subscription whose overdue invoice could not be collected in the policy's bounds.</summary>
public enum ExhaustedAction
{
    /// <summary>The subscription is canceled by the system (involuntary).</summary>
    Cancel,

    /// <summary>The subscription is paused until the overdue invoice is paid.</summary>
    Pause,

    /// <summary>The subscription stays past due; later periods are invoiced and tried as usual.</summary>
    LeavePastDue,
}

/// <summary>How declined charges are retried (see "Dunning" in the domain's README).</summary>
/// <param name="MaxRetries">Automatic retries after the first attempt, 0 to 20.</param>
/// <param name="WindowDays">Days from the first attempt after which no retry is made, 1 to 365.</param>
/// <param name="ScheduleDays">Gaps in days from one attempt to the next; a shorter list repeats its last gap.</param>
/// <param name="MoveBillingDate">Whether recovery moves the billing date to the day on which the payment succeeded.</param>
/// <param name="OnExhausted">What happens when retries or window are used up.</param>
public sealed record DunningPolicy(
    int MaxRetries,
    int WindowDays,
    ImmutableArray<int> ScheduleDays,
    bool MoveBillingDate,
    ExhaustedAction OnExhausted)
{
    /// <summary>The most automatic retries that a policy may ask for.</summary>
    public const int MaxRetriesLimit = 20;

    /// <summary>The longest window, in days.</summary>
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
