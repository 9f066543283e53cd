// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class StatisticsClient
{
    private readonly ApiTransport api;

    internal StatisticsClient(ApiTransport api) => this.api = api;

    /// <summary>Movements of monthly recurring revenue, by month and currency.</summary>
    /// <remarks>
    /// Monthly recurring revenue covers all active and past due subscribers, net of the discounts in force, normalized to a
    /// month. start, new, expansion, contraction, churn, completed, reactivation, paused, resumed and moved add up to end
    /// exactly; decreases are negative. A discount that ends counts as expansion. The first and the last month are cut to
    /// the range. For administrators and sellers.
    /// </remarks>
    public Task<RevenueMovementsList> MrrMovementsAsync(
        StatisticsMrrMovementsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/mrr-movements").ToString()),
            options, ApiJson.Default.RevenueMovementsList, cancellationToken);

    /// <summary>Revenue forecast of the present book, by month and currency.</summary>
    /// <remarks>
    /// contracted: the next recurrence of every active or past due subscriber, net of the discounts that apply to it and
    /// without usage and tax, in the month of its next renewal, repeated by its plan's interval as if everyone stayed; plus
    /// the unpaid parts of invoices, in their months. Intervals in weeks or days repeat by their average number in a month;
    /// those longer than a month repeat in the nearest month. Plans with a fixed number of recurrences count only their
    /// next renewal, because the book does not have the number that is left. Left out are trials, subscriptions waiting for
    /// their first payment, pauses, and subscriptions with a scheduled cancellation. Scheduled plan changes do not count
    /// yet. The present month has only what is still to come in it. expected: contracted × (1 − churn.monthly)^n in the
    /// n-th month after the present, with churn.monthly = 1 − (1 − churn.rate)^(30/90) over the last 90 days, as in what-if
    /// simulations. For administrators and sellers.
    /// </remarks>
    public Task<Forecast> ForecastAsync(
        StatisticsForecastQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/forecast").ToString()),
            options, ApiJson.Default.Forecast, cancellationToken);

    /// <summary>Retention by month of start.</summary>
    /// <remarks>
    /// A subscription belongs to the calendar month, in its product's time zone, in which its service started, trial
    /// included. It joins the cohort when it becomes a subscriber for the first time and leaves when it ends. It stays
    /// while it is paused, and returns to its old cohort when it is reactivated. completed counts fixed terms that ran out.
    /// Months that have not begun are left out. With plan_id or offer_id, a plan change moves a subscription out of one
    /// cohort and into the other, where it does not count as joined. At most 120 months. For administrators and sellers.
    /// </remarks>
    public Task<CohortList> CohortsAsync(
        StatisticsCohortsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/cohorts").ToString()),
            options, ApiJson.Default.CohortList, cancellationToken);

    /// <summary>What retention offers do, by variant.</summary>
    /// <remarks>
    /// product_id is required. Counts are for the range, so a subscription that was lost in it may have been assigned
    /// before it. Variant 0 is the control group, which was offered nothing. A subscription that no offer matched is in no
    /// variant. One that asks again, for another reason, counts only in its newest variant. Compare each variant with the
    /// control group to see what it saves. For administrators and sellers.
    /// </remarks>
    public Task<RetentionVariantsList> RetentionAsync(
        StatisticsRetentionQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/retention").ToString()),
            options, ApiJson.Default.RetentionVariantsList, cancellationToken);

    /// <summary>Why subscribers, trials and first payments were lost and payment attempts declined, by month.</summary>
    /// <remarks>
    /// Codes are counted in lower case, with at most 64 letters, digits and _ . : -; everything else is counted as other.
    /// The first and the last month are cut to the range. For administrators and sellers.
    /// </remarks>
    public Task<ReasonsList> ReasonsAsync(
        StatisticsReasonsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/reasons").ToString()),
            options, ApiJson.Default.ReasonsList, cancellationToken);

    /// <summary>
    /// What each affiliate and co-producer brought in, and how many activations were lost within 90 days.
    /// </summary>
    /// <remarks>
    /// Activations, and how many of them were lost within 90 days, count on the day on which the first period to be paid
    /// began. Renewals count on the day on which they fell due. Activations younger than 90 days may still be lost. An
    /// affiliate or co-producer sees what it brought in itself. For administrators, sellers and partners.
    /// </remarks>
    public Task<AffiliatesList> AffiliatesAsync(
        StatisticsAffiliatesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/affiliates").ToString()),
            options, ApiJson.Default.AffiliatesList, cancellationToken);

    /// <summary>Cancellations, churn, lifetime and lifetime value.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<CancellationFigures> CancellationsAsync(
        StatisticsCancellationsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/cancellations").ToString()),
            options, ApiJson.Default.CancellationFigures, cancellationToken);

    /// <summary>The same by month, and by product, plan or offer.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<MonthlyCancellationsList> CancellationsMonthlyAsync(
        StatisticsCancellationsMonthlyQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/cancellations/monthly").ToString()),
            options, ApiJson.Default.MonthlyCancellationsList, cancellationToken);

    /// <summary>Cancellations by month and by who canceled.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<OriginsList> CancellationsOriginsAsync(
        StatisticsCancellationsOriginsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/cancellations/origins").ToString()),
            options, ApiJson.Default.OriginsList, cancellationToken);

    /// <summary>New, canceled and current by day.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<DailyList> CancellationsDailyAsync(
        StatisticsCancellationsDailyQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/cancellations/daily").ToString()),
            options, ApiJson.Default.DailyList, cancellationToken);

    /// <summary>Recurring revenue, counts, conversion, recovery, renewal, money.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    public Task<Summary> SummaryAsync(
        StatisticsSummaryQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/statistics/summary").ToString()),
            options, ApiJson.Default.Summary, cancellationToken);
}
