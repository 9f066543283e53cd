using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Domain.Subscriptions;

/// <summary>
/// Records metered usage. The state keeps one reading per meter, no matter how many events there were. The journal knows
/// which event ids and unique keys were counted before.
/// </summary>
internal static class UsageRules
{
    private const string UniqueMark = "u";

    public static Refusal? Record(Draft draft, SubscriptionCommand.RecordUsage command)
    {
        if (draft.Caller.Role == Role.Customer) return Refusal.NotForCustomers;
        if (DueSteps.CatchUp(draft) is { } late) return late;
        if (draft.State.HasEnded) return Refusal.Ended(draft.State.Status);
        if (draft.State.Status is SubscriptionStatus.Pending or SubscriptionStatus.Paused || draft.State.TermEnded)
            return Refusal.NotWhile(draft.State.Status);
        var met = new HashSet<string>(StringComparer.Ordinal);
        var entries = ImmutableArray.CreateBuilder<UsageEntry>();
        var doubles = ImmutableArray.CreateBuilder<UsageEntry>();
        var readings = new Dictionary<string, MeterReading>(StringComparer.Ordinal);
        foreach (var entry in command.Entries)
        {
            if (RefuseEntry(draft, entry) is { } refusal) return refusal;
            if (IsMet(draft, met, EventKey(entry)))
            {
                doubles.Add(entry with { Outcome = UsageOutcome.Double });
                continue;
            }

            var meter = draft.Terms.Offer.FindMeter(entry.Meter)!;
            var reading = readings.TryGetValue(meter.Id, out var known) ? known : ReadingOf(draft.State, meter.Id);
            var isNewKey = meter.Aggregation == MeterAggregation.Unique && !IsMet(draft, met, UniqueKey(draft.State, entry));
            var next = Count(reading, meter.Aggregation, entry, entry.At ?? draft.Now, isNewKey);
            if (next.Units > Meter.UnitsMax) return Refusal.UsageTooLarge;
            readings[meter.Id] = next;
            entries.Add(entry with { Outcome = OutcomeOf(reading, next, meter.Aggregation, entry, isNewKey) });
        }

        if (entries.Count == 0) return null;
        foreach (var reading in readings.Values)
        {
            if (UsagePricing.IsTooLarge(draft.Terms.Offer.FindMeter(reading.Meter)!, reading.Units)) return Refusal.UsageCostsTooMuch;
        }

        draft.UsageKeys = [.. met];
        draft.Add(new SubscriptionEvent.UsageRecorded
        {
            At = draft.Now, Entries = entries.ToImmutable(), Doubles = doubles.ToImmutable(),
            Readings = [.. readings.Values.OrderBy(reading => reading.Meter, StringComparer.Ordinal)],
        });
        return null;
    }

    /// <summary>The keys to look up in order to tell which entries of a command are new.</summary>
    public static IReadOnlyCollection<string> KeysOf(Subscription state, OfferTerms terms, SubscriptionCommand.RecordUsage command)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in command.Entries)
        {
            keys.Add(EventKey(entry));
            if (terms.Offer.FindMeter(entry.Meter)?.Aggregation == MeterAggregation.Unique && entry.Key is not null)
                keys.Add(UniqueKey(state, entry));
        }

        return keys;
    }

    /// <summary>Whether a key was counted before, in the journal or in this command. Marks it as counted.</summary>
    private static bool IsMet(Draft draft, HashSet<string> met, string key) => draft.KnownUsageKeys.Contains(key) || !met.Add(key);

    private static MeterReading ReadingOf(Subscription state, string meter) =>
        UsageLedger.Find(state.Usage, meter) ?? new MeterReading(meter, 0);

    private static MeterReading Count(MeterReading reading, MeterAggregation aggregation, UsageEntry entry, Instant at, bool isNewKey) =>
        aggregation switch
    {
        MeterAggregation.Sum => reading with { Units = reading.Units + entry.Quantity },
        MeterAggregation.Max => reading with { Units = Math.Max(reading.Units, entry.Quantity) },
        MeterAggregation.Last => at >= (reading.LastAt ?? at) ? reading with { Units = entry.Quantity, LastAt = at } : reading,
        MeterAggregation.Unique => isNewKey ? reading with { Units = reading.Units + 1 } : reading,
        _ => throw new InvalidOperationException($"Unknown meter aggregation: {aggregation}."),
    };

    /// <summary>Null stands for counted, so that the events of almost all usage are stored without a word for it.</summary>
    private static UsageOutcome? OutcomeOf(
        MeterReading before, MeterReading after, MeterAggregation aggregation, UsageEntry entry, bool isNewKey) => aggregation switch
    {
        MeterAggregation.Max when before.Units > 0 && entry.Quantity <= before.Units => UsageOutcome.NotHighest,
        MeterAggregation.Last when ReferenceEquals(before, after) => UsageOutcome.NotLatest,
        MeterAggregation.Unique when !isNewKey => UsageOutcome.KnownKey,
        _ => null,
    };

    private static Refusal? RefuseEntry(Draft draft, UsageEntry entry)
    {
        if (draft.Terms.Offer.FindMeter(entry.Meter) is not { } meter) return Refusal.UnknownMeter;
        if (entry.Quantity is < 0 or > Meter.UnitsMax) return Refusal.UsageTooLarge;
        if ((meter.Aggregation == MeterAggregation.Unique) != entry.Key is not null) return Refusal.UsageKeyMismatch;
        if (entry.At > draft.Now || entry.At < draft.State.CreatedAt) return Refusal.UsageTimeOutOfRange;

        // What says no time happened now. That is too old as well, if ids were forgotten by a clock that was further ahead.
        return (entry.At ?? draft.Now) < draft.UsageSince ? Refusal.UsageTooOld : null;
    }

    /// <summary>
    /// Whether an old key has done its work. An event's key has, because older events are refused. A unique key has not while its window
    /// is open, or may open again: when an unpaid change is voided, or when a canceled subscription continues its period.
    /// </summary>
    /// <param name="before">Periods that ended before this instant do not continue.</param>
    public static bool MayForget(Subscription state, string key, Instant before)
    {
        var parts = key.Split('/', 4);
        if (parts[0] != UniqueMark) return true;
        var window = int.Parse(parts[2], CultureInfo.InvariantCulture);
        if (window != state.UsageWindow && window != state.Before?.UsageWindow) return true;
        return state.HasEnded && !(state.CurrentPeriod?.End >= before);
    }

    private static string EventKey(UsageEntry entry) => $"e/{entry.Id}";

    private static string UniqueKey(Subscription state, UsageEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{UniqueMark}/{entry.Meter}/{state.UsageWindow}/{entry.Key}");
}
