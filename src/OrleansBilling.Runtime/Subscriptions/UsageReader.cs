using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Reads the usage of one period from the journal: its readings, and its events page by page. A period is found in the events other
/// than usage, so this costs the same however much was used, and only once: who remembers where it is continues there. A period may have
/// several stretches of history: a change to another interval starts the next period, and if that change is voided, the period before
/// continues.
/// </summary>
public sealed class UsageReader(IJournal journal, SubscriptionReader reader)
{
    /// <summary>The index of the time before the first period, such as a trial.</summary>
    public const int BeforePeriods = 0;

    private const int EventsMax = 64;

    /// <summary>The usage of a period; null if the subscription has not had it.</summary>
    /// <param name="view">The subscription.</param>
    /// <param name="index">The period's index; null for the current one.</param>
    public async ValueTask<UsagePeriod?> FindAsync(SubscriptionView view, int? index, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var wanted = index ?? view.State.CurrentPeriod?.Index ?? BeforePeriods;
        var stretches = new UsageStretches(wanted);
        Subscription? state = null;
        await foreach (var (sequence, e) in reader.ReadWithoutUsageAsync(view.State.Id, static _ => true, cancellationToken))
        {
            if (sequence > view.State.Version) break;
            var before = state;
            state = SubscriptionEvolution.Evolve(state, e);
            stretches.Pass(sequence, e, before, state);
        }

        if (stretches.End(view.State.Version) is not { } found) return null;
        return found with { Readings = await AtAsync(view, found.ReadAt, cancellationToken) };
    }

    /// <summary>
    /// The period as it was when somebody found it, without looking for it again. Null if there was none: its index, its stretches from
    /// some event on and its readings come from a caller.
    /// </summary>
    public async ValueTask<UsagePeriod?> ContinueAsync(SubscriptionView view, UsagePlace place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(place);
        if (place.Stretches.IsEmpty || place.ReadAt < 1 || place.ReadAt > place.Stretches[^1].Last) return null;
        var end = 0L;
        foreach (var stretch in place.Stretches)
        {
            if (stretch.First <= end || stretch.Last < stretch.First || stretch.Last > view.State.Version) return null;
            end = stretch.Last;
        }

        var last = await AtAsync(view, end, cancellationToken);
        var readings = place.ReadAt == end ? last : await AtAsync(view, place.ReadAt, cancellationToken);
        if (IndexOf(last) != place.Period || IndexOf(readings) != place.Period) return null;
        return new UsagePeriod(place.Period, last.State.CurrentPeriod, place.Stretches, place.ReadAt) { Readings = readings };

        static int IndexOf(SubscriptionView at) => at.State.CurrentPeriod?.Index ?? BeforePeriods;
    }

    private async ValueTask<SubscriptionView> AtAsync(SubscriptionView view, long version, CancellationToken cancellationToken) =>
        version == view.State.Version
            ? view
            : await reader.FindAtVersionAsync(view.State.Id, version, cancellationToken)
                ?? throw new InvalidOperationException($"Subscription '{view.State.Id}' has no version {version}.");

    /// <summary>Up to so many events of a period, in the order in which they were recorded.</summary>
    /// <param name="after">The last event that was read before; null from the beginning.</param>
    public async ValueTask<IReadOnlyList<RecordedUsage>> ReadEventsAsync(
        string subscriptionId, UsagePeriod period, UsagePosition? after, int max, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(period);
        var found = new List<RecordedUsage>();
        foreach (var stretch in period.Stretches)
        {
            var next = Math.Max(stretch.First, after?.Sequence ?? 0);
            while (next <= stretch.Last && found.Count < max)
            {
                var page = await journal.ReadEventsAsync(subscriptionId, new EventRange(next - 1, EventsMax), cancellationToken);
                foreach (var stored in page.Events)
                {
                    if (stored.Sequence <= stretch.Last && stored.IsUsage) Add(found, stored, period, after, max);
                }

                if (!page.HasMore) break;
                next = page.Events[^1].Sequence + 1;
            }
        }

        return found;
    }

    private static void Add(List<RecordedUsage> found, in StoredEvent stored, UsagePeriod period, UsagePosition? after, int max)
    {
        var recorded = (SubscriptionEvent.UsageRecorded)SubscriptionCodec.Decode(stored);
        var number = 0;
        foreach (var entry in recorded.Entries.Concat(recorded.Doubles))
        {
            number++;
            if (found.Count == max) return;
            if (after is { } seen && stored.Sequence == seen.Sequence && number <= seen.Number) continue;
            var at = entry.At ?? stored.At;
            found.Add(new RecordedUsage(
                new UsagePosition(stored.Sequence, number), entry, at, stored.At, at < period.Period?.Start,
                entry.Outcome ?? UsageOutcome.Counted));
        }
    }
}

/// <summary>A period as the journal has it.</summary>
/// <param name="Index">Its index; 0 for the time before the first period.</param>
/// <param name="Period">When it begins and ends; null before the first period.</param>
/// <param name="Stretches">Where its events are.</param>
/// <param name="ReadAt">The last version that has the period's readings: a bill clears them.</param>
public sealed record UsagePeriod(int Index, BillingPeriod? Period, ImmutableArray<UsageStretch> Stretches, long ReadAt)
{
    /// <summary>The subscription at that version.</summary>
    public SubscriptionView Readings { get; init; } = null!;

    /// <summary>Where its events continue after one of them.</summary>
    public UsagePlace After(UsagePosition last) =>
        new(Index, last, ReadAt, [.. Stretches.Where(stretch => stretch.Last >= last.Sequence)]);
}

/// <summary>A place among the events of a period, with what is needed to continue there.</summary>
/// <param name="Period">The period's index.</param>
/// <param name="Last">The last event that was read.</param>
/// <param name="ReadAt">See <see cref="UsagePeriod"/>.</param>
/// <param name="Stretches">Those that are not read to their end; none if the period has to be looked for.</param>
public sealed record UsagePlace(int Period, UsagePosition Last, long ReadAt, ImmutableArray<UsageStretch> Stretches);

/// <summary>A stretch of history, both ends included.</summary>
public readonly record struct UsageStretch(long First, long Last);

/// <summary>The place of a usage event.</summary>
/// <param name="Sequence">The event of the journal that recorded it.</param>
/// <param name="Number">Its number in that event, counted from 1.</param>
public readonly record struct UsagePosition(long Sequence, int Number);

/// <summary>A usage event as it was recorded.</summary>
/// <param name="At">When the usage happened.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="IsLate">Whether it happened before the period that it was put into.</param>
/// <param name="Outcome">How it was taken.</param>
public sealed record RecordedUsage(
    UsagePosition Position, UsageEntry Entry, Instant At, Instant RecordedAt, bool IsLate, UsageOutcome Outcome);
