using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>One month's cancellations of subscribers by who canceled. Those by the system are involuntary.</summary>
internal sealed record OriginsDocument(
    string Month, Int128 Customer, Int128 Administrator, Int128 Seller, Int128 System,
    [property: Description("The sum of the four origins.")] Int128 Canceled)
{
    public static OriginsDocument Of(PeriodCancellations month) => new(
        month.Period.Month,
        month.Figures.By(CancellationOrigin.Customer),
        month.Figures.By(CancellationOrigin.Administrator),
        month.Figures.By(CancellationOrigin.Seller),
        month.Figures.By(CancellationOrigin.System),
        month.Figures.Canceled);
}

/// <summary>Cancellations by month and origin, oldest first.</summary>
internal sealed record OriginsList(ImmutableArray<OriginsDocument> Data);

/// <summary>One day: gains, losses by origin, and the number of subscribers at its end.</summary>
/// <param name="Day">The day, in each product's own time zone.</param>
internal sealed record DailyDocument(
    LocalDate Day,
    [property: Description("First activations.")] Int128 New,
    [property: Description("Subscriptions that became a subscriber again.")] Int128 Reactivated,
    [property: Description("Subscribers who were canceled; the sum of the four origins.")] Int128 Canceled,
    Int128 Customer,
    Int128 Administrator,
    Int128 Seller,
    Int128 System,
    [property: Description("Fixed terms that ran out.")] Int128 Completed,
    [property: Description("Subscriptions canceled during their trial.")] Int128 TrialsLost,
    [property: Description("Subscriptions that ended without a first payment.")] Int128 NeverPaid,
    [property: Description("Subscribers at the end of the day.")] Int128 Current,
    [property: Description("canceled ÷ current; null if current is 0.")] double? Rate)
{
    public static DailyDocument Of(PeriodCancellations day) => new(
        day.Period.From,
        day.Figures.New,
        day.Figures.Reactivated,
        day.Figures.Canceled,
        day.Figures.By(CancellationOrigin.Customer),
        day.Figures.By(CancellationOrigin.Administrator),
        day.Figures.By(CancellationOrigin.Seller),
        day.Figures.By(CancellationOrigin.System),
        day.Figures.Completed,
        day.Figures.TrialsLost,
        day.Figures.NeverPaid,
        day.Figures.Current,
        day.Figures.Rate.Value);
}

/// <summary>Days, oldest first.</summary>
internal sealed record DailyList(ImmutableArray<DailyDocument> Data);
