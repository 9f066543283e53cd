using System.Collections.Immutable;
using NodaTime;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// The movements of monthly recurring revenue in one calendar month, in minor units, net of active discounts. <c>start</c> plus the
/// movements is <c>end</c>. <c>completed</c> comes from fixed terms that ran out, <c>churn</c> only from cancellations. <c>moved</c> is
/// what plan changes brought in from other plans and offers or took out to them; it is 0 unless the query is narrowed to one.
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
    Int128 End);

/// <summary>Movements by month and currency, oldest first.</summary>
internal sealed record RevenueMovementsList(ImmutableArray<RevenueMovementsDocument> Data);

/// <summary>The revenue forecast of the existing book, by month.</summary>
/// <param name="AsOf">The day of the forecast.</param>
/// <param name="Churn">How fast customers leave. It lowers <c>expected</c> below <c>contracted</c>.</param>
/// <param name="Data">By month and currency. The first month covers only what is still to come.</param>
internal sealed record ForecastDocument(LocalDate AsOf, ForecastChurnDocument Churn, ImmutableArray<ForecastMonthDocument> Data);

/// <summary>
/// Churn of the previous 90 days. <c>rate</c> is canceled ÷ (current_at_start + new + reactivated), all of them subscribers;
/// <c>monthly</c> is the same for 30 days. Both are null if nobody could have left; then no churn is expected.
/// </summary>
internal sealed record ForecastChurnDocument(
    LocalDate From, LocalDate To, Int128 Canceled, Int128 Involuntary, Int128 CurrentAtStart, Int128 New, Int128 Reactivated, double? Rate,
    double? Monthly);

/// <summary>The revenue of one month, in minor units: as contracted, and as expected with recent churn.</summary>
internal sealed record ForecastMonthDocument(string Month, string Currency, Int128 Contracted, Int128 Expected);
