using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// The input of a simulation: the book of a scope, run forward from an instant, once unchanged and once with changes.
/// The same question on the same book gives the same answer on every machine.
/// </summary>
public sealed record WhatIfQuestion
{
    /// <summary>The longest run, in months.</summary>
    public const int MonthsMax = 36;

    /// <summary>The most subscriptions in one run; a larger book is sampled.</summary>
    public const int SubscriptionsLimit = 1_000_000;

    /// <summary>Seeds all dice.</summary>
    public required long Seed { get; init; }

    /// <summary>Where both runs start.</summary>
    public required Instant From { get; init; }

    /// <summary>The length of both runs in months, 1 to <see cref="MonthsMax"/>.</summary>
    public required int Months { get; init; }

    /// <summary>The subscriptions to simulate; null matches all.</summary>
    public DirectoryFilter Scope { get; init; } = new();

    /// <summary>What the changed run changes.</summary>
    public required WhatIfChanges Changes { get; init; }

    /// <summary>What both runs assume about customers and banks.</summary>
    public required Assumptions Assumptions { get; init; }

    /// <summary>Subscriptions in scope that had not ended, as the statistics count them.</summary>
    public required long BookSize { get; init; }

    /// <summary>
    /// The most subscriptions to run, 1 to <see cref="SubscriptionsLimit"/>; about as many are sampled from a larger
    /// book.
    /// </summary>
    public int SubscriptionsMax { get; init; } = SubscriptionsLimit;

    /// <summary>Whether only a sample of the book is run.</summary>
    public bool IsSampled => BookSize > SubscriptionsMax;
}

/// <summary>Assumptions about customers and banks. Percentages are in thousandths of a percent.</summary>
/// <param name="PaymentSuccess">First attempts on an invoice, or on a part of it, that succeed; 0 to 100,000.</param>
/// <param name="RetrySuccess">Attempts on overdue invoices that succeed; 0 to 100,000.</param>
/// <param name="MonthlyChurn">Current subscriptions whose customers decide to leave within a month; 0 to 100,000.</param>
/// <param name="ChurnPerPrice">
/// How churn responds to a price change: for each percent that the price rises, churn rises by this percentage of
/// itself; for each percent that it falls, churn falls by as much, but not below zero. 0 to 1,000,000.
/// </param>
public sealed record Assumptions(int PaymentSuccess, int RetrySuccess, int MonthlyChurn, int ChurnPerPrice)
{
    /// <summary>100 %.</summary>
    public const int Whole = 100_000;

    /// <summary>The largest <see cref="ChurnPerPrice"/>.</summary>
    public const int ChurnPerPriceMax = 1_000_000;

    /// <summary>92 %.</summary>
    public const int PaymentSuccessDefault = 92_000;

    /// <summary>35 %.</summary>
    public const int RetrySuccessDefault = 35_000;

    /// <summary>The churn that <see cref="MonthlyChurn"/> was derived from; null when it was given.</summary>
    public RecentChurn? History { get; init; }

    /// <summary>
    /// The recent monthly churn by decision (not by failed payments), in thousandths of a
    /// percent; 0 when there were no subscribers.
    /// </summary>
    public static int MonthlyChurnOf(RecentChurn history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return (int)Math.Round((history.MonthlyByDecision ?? 0) * Whole, MidpointRounding.AwayFromZero);
    }
}

/// <summary>Who asked a question. The same caller with the same key gets the same simulation.</summary>
/// <param name="Owner">The caller.</param>
/// <param name="Fingerprint">The request's fingerprint; only meaningful if the request has a key.</param>
public readonly record struct SimulationOrigin(string Owner, ulong Fingerprint);
