using NodaTime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// What is simulated: the book of a scope, run forward from an instant, once as it is and once with changes. Same
/// question, same book: same answer, whatever the machine.
/// </summary>
public sealed record WhatIfQuestion
{
    /// <summary>The longest run, in months.</summary>
    public const int MonthsMax = 36;

    /// <summary>The most subscriptions of one run; of a larger book a sample is taken.</summary>
    public const int SubscriptionsLimit = 1_000_000;

    /// <summary>Seeds every roll of the dice.</summary>
    public required long Seed { get; init; }

    /// <summary>Where both runs begin.</summary>
    public required Instant From { get; init; }

    /// <summary>How far they go, 1 to <see cref="MonthsMax"/>.</summary>
    public required int Months { get; init; }

    /// <summary>Whose subscriptions; null matches all.</summary>
    public DirectoryFilter Scope { get; init; } = new();

    /// <summary>What the second run changes.</summary>
    public required WhatIfChanges Changes { get; init; }

    /// <summary>What both runs assume of customers and banks.</summary>
    public required Assumptions Assumptions { get; init; }

    /// <summary>Subscriptions in scope that had not ended, as the statistics count them.</summary>
    public required long BookSize { get; init; }

    /// <summary>The most subscriptions to run, 1 to <see cref="SubscriptionsLimit"/>; about as many are sampled of a larger book.</summary>
    public int SubscriptionsMax { get; init; } = SubscriptionsLimit;

    /// <summary>Whether only a sample of the book is run.</summary>
    public bool IsSampled => BookSize > SubscriptionsMax;
}

/// <summary>What customers and banks are assumed to do. Percentages are in thousandths of a percent.</summary>
/// <param name="PaymentSuccess">First tries of an invoice, or of a part of it, that succeed, 0 to 100,000.</param>
/// <param name="RetrySuccess">Tries of what is overdue that succeed, 0 to 100,000.</param>
/// <param name="MonthlyChurn">Current subscriptions whose customers decide within a month to leave, 0 to 100,000.</param>
/// <param name="ChurnPerPrice">
/// How much a price change moves that: for each percent that the price rose, it grows by so many percent of itself; it
/// shrinks likewise, down to nothing, when the price falls. 0 to 1,000,000.
/// </param>
public sealed record Assumptions(int PaymentSuccess, int RetrySuccess, int MonthlyChurn, int ChurnPerPrice)
{
    /// <summary>A hundred percent.</summary>
    public const int Whole = 100_000;

    /// <summary>The strongest response to a price change.</summary>
    public const int ChurnPerPriceMax = 1_000_000;

    /// <summary>92 %.</summary>
    public const int PaymentSuccessDefault = 92_000;

    /// <summary>35 %.</summary>
    public const int RetrySuccessDefault = 35_000;

    /// <summary>What <see cref="MonthlyChurn"/> was derived from; null where it was stated.</summary>
    public RecentChurn? History { get; init; }

    /// <summary>The monthly churn of late, other than by failed payments, in thousandths of a percent; 0 where there was nobody.</summary>
    public static int MonthlyChurnOf(RecentChurn history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return (int)Math.Round((history.MonthlyByDecision ?? 0) * Whole, MidpointRounding.AwayFromZero);
    }
}

/// <summary>Who asked a question: the same caller with the same key gets the same simulation.</summary>
/// <param name="Owner">Who asked.</param>
/// <param name="Fingerprint">What the request was; meaningful where it came with a key.</param>
public readonly record struct SimulationOrigin(string Owner, ulong Fingerprint);
