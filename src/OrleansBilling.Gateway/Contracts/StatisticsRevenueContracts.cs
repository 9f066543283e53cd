using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// How monthly recurring revenue moved in one calendar month, in minor units, net of the discounts in force: <c>start</c> and
/// the movements add up to <c>end</c>. <c>completed</c> is of fixed terms that ran out; <c>churn</c> is of
/// cancellations only. <c>moved</c> is what plan changes carried in from, or out to, other plans and offers; it is 0
/// unless the
/// question is narrowed to one.
/// </summary>
internal sealed record RevenueMovementsDocument(
    string Month,
    string Currency,
    Int128 Start,
    Int128 New,
    Int128 Expansion,
    Int128 Contraction,
    Int128 Churn,
    Int128 Completed,
    Int128 Reactivation,
    Int128 Paused,
    Int128 Resumed,
    Int128 Moved,
    Int128 End)
{
    public static RevenueMovementsDocument Of(RevenueMonth month) => new(
        month.Month.Month, month.Currency, month.Start, month.New, month.Expansion, month.Contraction, month.Churn, month.Completed,
        month.Reactivation, month.Paused, month.Resumed, month.Moved, month.End);
}

/// <summary>Movements by month and currency, oldest first.</summary>
internal sealed record RevenueMovementsList(ImmutableArray<RevenueMovementsDocument> Data);

/// <summary>What the standing book will ask for, month by month.</summary>
/// <param name="AsOf">The day on which it was worked out.</param>
/// <param name="Churn">How fast customers leave, by which <c>expected</c> falls short of <c>contracted</c>.</param>
/// <param name="Data">By month and currency; the first month holds only what is still to come in it.</param>
internal sealed record ForecastDocument(LocalDate AsOf, ForecastChurnDocument Churn, ImmutableArray<ForecastMonthDocument> Data)
{
    public static ForecastDocument Of(Forecast forecast) =>
        new(forecast.AsOf, ForecastChurnDocument.Of(forecast.Churn), [.. forecast.Months.Select(ForecastMonthDocument.Of)]);
}

/// <summary>
/// Churn of the 90 days before: <c>rate</c> is canceled ÷ (current_at_start + new + reactivated), all of them subscribers,
/// <c>monthly</c> the same for 30 days. Both are null where there was nobody who could have left; then nobody is expected to.
/// </summary>
internal sealed record ForecastChurnDocument(
    LocalDate From, LocalDate To, Int128 Canceled, Int128 Involuntary, Int128 CurrentAtStart, Int128 New, Int128 Reactivated, double? Rate,
    double? Monthly)
{
    public static ForecastChurnDocument Of(RecentChurn churn) => new(
        churn.Period.From, churn.Period.To, churn.Canceled, churn.Involuntary, churn.CurrentAtStart, churn.New, churn.Reactivated,
        churn.Rate, churn.Monthly);
}

/// <summary>What one month brings, in minor units: as contracted, and as expected with the churn of late.</summary>
internal sealed record ForecastMonthDocument(string Month, string Currency, Int128 Contracted, Int128 Expected)
{
    public static ForecastMonthDocument Of(ForecastMonth month) =>
        new(StatisticPeriod.NameOf(month.Day), month.Currency, month.Contracted, month.Expected);
}
