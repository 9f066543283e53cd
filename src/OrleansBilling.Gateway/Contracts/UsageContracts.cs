using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The usage of one period: each meter's reading, and a page of the events in the order in which they were recorded.</summary>
/// <param name="PeriodIndex">The period's index; 0 for the time before the first period, such as a trial.</param>
/// <param name="Period">When the period begins and ends; null before the first period.</param>
/// <param name="Meters">The readings, by meter.</param>
/// <param name="Data">The events.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last one. It continues in the same period.</param>
internal sealed record PeriodUsageDocument(
    int PeriodIndex,
    PeriodDocument? Period,
    ImmutableArray<MeterReadingDocument> Meters,
    ImmutableArray<UsageEventDocument> Data,
    string? NextCursor)
{
    public static PeriodUsageDocument From(UsagePeriod period, ImmutableArray<UsageEventDocument> events, string? next)
    {
        var (state, terms) = period.Readings;
        var isFree = state.Status == SubscriptionStatus.Trialing;
        return new PeriodUsageDocument(
            period.Index, period.Period is { } dates ? PeriodDocument.From(dates) : null,
            [.. state.Usage.Select(reading => MeterReadingDocument.From(reading, terms.Offer.FindMeter(reading.Meter), isFree))],
            events, next);
    }
}

/// <summary>What a meter reads at the end of a period, or now if the period is not over.</summary>
/// <param name="Meter">The meter's id in the offer.</param>
/// <param name="Name">What invoices call it; null if a change within the period removed the meter.</param>
/// <param name="Units">The reading in units.</param>
/// <param name="Price">What the units cost, in minor units without discounts and tax: 0 in a trial, null if the meter is gone.</param>
internal sealed record MeterReadingDocument(string Meter, string? Name, long Units, long? Price)
{
    public static MeterReadingDocument From(MeterReading reading, Domain.Catalog.Meter? meter, bool isFree) => new(
        reading.Meter, meter?.Name, reading.Units, meter is null ? null : isFree ? 0 : UsagePricing.Price(meter, reading.Units));
}

/// <summary>A usage event, and how it was taken.</summary>
/// <param name="Id">The event's own id.</param>
/// <param name="Meter">The meter's id in the offer.</param>
/// <param name="Quantity">How many units.</param>
/// <param name="Key">What a meter with aggregation unique counts; null for other meters.</param>
/// <param name="At">When it was used.</param>
/// <param name="RecordedAt">When the event came.</param>
/// <param name="Outcome">How it was taken. Doubles are listed if something else of their request was new.</param>
/// <param name="Late">Whether it was used before the period that it was put into, because that was over when the event came.</param>
/// <param name="PeriodIndex">The index of the period that it was put into.</param>
internal sealed record UsageEventDocument(
    string Id, string Meter, long Quantity, string? Key, Instant At, Instant RecordedAt, UsageOutcome Outcome, bool Late, int PeriodIndex)
{
    public static UsageEventDocument From(RecordedUsage recorded, int period) => new(
        recorded.Entry.Id, recorded.Entry.Meter, recorded.Entry.Quantity, recorded.Entry.Key, recorded.At, recorded.RecordedAt,
        recorded.Outcome, recorded.IsLate, period);
}
