using System.Collections.Immutable;
using NodaTime;
using OrleansBilling.Runtime.Reports;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// How monthly recurring revenue changed in one calendar month, in minor units, net of the discounts in force. <c>start</c>
/// and the movements add up to <c>end</c>. <c>completed</c> is from fixed terms that ran out, <c>churn</c> only from
/// cancellations. <c>moved</c> is what plan changes moved in from, or out to, other plans and offers; it is 0 unless the
/// question is about one plan or offer.
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

/// <summary>The revenue forecast of the present book, by month.</summary>
/// <param name="AsOf">The day on which the forecast was computed.</param>
/// <param name="Churn">How fast customers leave. It explains why <c>expected</c> is less than <c>contracted</c>.</param>
/// <param name="Data">By month and currency. The first month has only what is still to come in it.</param>
internal sealed record ForecastDocument(LocalDate AsOf, ForecastChurnDocument Churn, ImmutableArray<ForecastMonthDocument> Data)
{
    public static ForecastDocument Of(Forecast forecast) =>
        new(forecast.AsOf, ForecastChurnDocument.Of(forecast.Churn), [.. forecast.Months.Select(ForecastMonthDocument.Of)]);
}

/// <summary>
/// Churn of the last 90 days. <c>rate</c> is canceled ÷ (current_at_start + new + reactivated), all of them subscribers;
/// <c>monthly</c> is the same for 30 days. Both are null if nobody could have left; then nobody is expected to leave.
/// </summary>
/// <param name="From">First day that churn was counted on.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Rate">The share of these subscribers who left; null if nobody could have left.</param>
/// <param name="Monthly">The same for 30 days; null if nobody could have left.</param>
internal sealed record ForecastChurnDocument(
    LocalDate From, LocalDate To, Int128 Canceled, Int128 Involuntary, Int128 CurrentAtStart, Int128 New, Int128 Reactivated, double? Rate,
    double? Monthly)
{
    public static ForecastChurnDocument Of(RecentChurn churn) => new(
        churn.Period.From, churn.Period.To, churn.Canceled, churn.Involuntary, churn.CurrentAtStart, churn.New, churn.Reactivated,
        churn.Rate, churn.Monthly);
}

/// <summary>The forecast of one month, in minor units: contracted, and expected at the recent churn.</summary>
internal sealed record ForecastMonthDocument(string Month, string Currency, Int128 Contracted, Int128 Expected)
{
    public static ForecastMonthDocument Of(ForecastMonth month) =>
        new(StatisticPeriod.NameOf(month.Day), month.Currency, month.Contracted, month.Expected);
}
