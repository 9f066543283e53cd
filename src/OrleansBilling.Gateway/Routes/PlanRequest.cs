using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A plan as a request describes it.</summary>
internal static class PlanRequest
{
    public static Plan ToPlan(PlanBody body, string id) => new(
        id,
        body.ProductId,
        body.Name,
        new BillingInterval(body.Interval.Unit, body.Interval.Count),
        body.TrialDays ?? 0,
        body.Recurrences,
        body.Dunning is null ? null : DunningRequest.ToPolicy(body.Dunning))
    {
        Description = body.Description,
        Installments = body.Installments ?? 1,
        AlertDays = body.RenewalAlertDays,
    };

    public static ApiError? Validate(PlanBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        check.Id(body.ProductId, "product_id");
        check.Text(body.Name, "name", FieldLimits.NameCharactersMax);
        check.Text(body.Description, "description", FieldLimits.DescriptionCharactersMax, lines: true);
        check.Range(body.Interval.Count, "interval.count", 1, BillingInterval.CountMax(body.Interval.Unit));
        check.Range(body.TrialDays, "trial_days", 0, Plan.TrialDaysMax);
        check.Range(body.Recurrences, "recurrences", 1, Plan.RecurrencesMax);
        check.Range(body.RenewalAlertDays, "renewal_alert_days", 1, Plan.AlertDaysMax);
        CheckInstallments(ref check, body);
        DunningRequest.Check(ref check, body.Dunning);
        return check.Error;
    }

    /// <summary>Installments are due monthly, so there are at most as many as the interval has whole months.</summary>
    private static void CheckInstallments(ref Check check, PlanBody body)
    {
        if (body.Interval.Count < 1 || body.Interval.Count > BillingInterval.CountMax(body.Interval.Unit)) return;
        var months = MonthsOf(body.Interval);
        if (body.Installments > 1 && months <= 1)
            check.Fail(
                new ApiError(
                    422, "installments_not_possible", "Only an interval of several months, or of years, can be paid in installments.",
                    "installments"));
        else check.Range(body.Installments, "installments", 1, Math.Max(1, months));
    }

    private static int MonthsOf(IntervalBody interval) => interval.Unit switch
    {
        IntervalUnit.Month => interval.Count,
        IntervalUnit.Year => 12 * interval.Count,
        _ => 0,
    };
}
