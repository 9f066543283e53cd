using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Domain.Statistics;

/// <summary>Collects the deltas of one event. Days are counted in the product's time zone.</summary>
internal readonly struct Counts(Instant at, Subscription after, OfferTerms terms, List<StatisticDelta> deltas)
{
    private readonly int today = StatisticDelta.DayOf(at, terms.Zone);

    public DateTimeZone Zone => terms.Zone;

    /// <summary>Adds on the event's day.</summary>
    public void Add(StatisticMetric metric, long value, int? slice = null) => AddOn(today, metric, value, slice);

    /// <summary>Adds on the day of a given instant.</summary>
    public void AddAt(Instant day, StatisticMetric metric, long value, int? slice = null)
    {
        if (value != 0) AddOn(StatisticDelta.DayOf(day, terms.Zone), metric, value, slice);
    }

    /// <summary>Adds to a counter with names, on the day of a given instant.</summary>
    public void AddNamed(Instant day, StatisticMetric metric, string name, long value)
    {
        if (value != 0) deltas.Add(new StatisticDelta(StatisticDelta.DayOf(day, terms.Zone), after.OfferId, metric, null, value, name));
    }

    /// <summary>Adds to a counter with names, on the event's day.</summary>
    public void AddNamed(StatisticMetric metric, string name, long value)
    {
        if (value != 0) deltas.Add(new StatisticDelta(today, after.OfferId, metric, null, value, name));
    }

    /// <summary>Adds to a counter with names of another offer.</summary>
    public void AddNamedOf(OfferTerms other, Instant day, StatisticMetric metric, string name, long value) =>
        deltas.Add(new StatisticDelta(StatisticDelta.DayOf(day, other.Zone), other.Offer.Id, metric, null, value, name));

    /// <summary>Adds to another offer. Its product may have a different time zone.</summary>
    public void AddOf(OfferTerms other, StatisticMetric metric, long value, int? slice = null)
    {
        if (value != 0) deltas.Add(new StatisticDelta(StatisticDelta.DayOf(at, other.Zone), other.Offer.Id, metric, slice, value));
    }

    private void AddOn(int day, StatisticMetric metric, long value, int? slice)
    {
        if (value != 0) deltas.Add(new StatisticDelta(day, after.OfferId, metric, slice, value));
    }
}
