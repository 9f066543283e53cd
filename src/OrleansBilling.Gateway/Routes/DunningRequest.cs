using System.Globalization;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A dunning policy as a request describes it.</summary>
internal static class DunningRequest
{
    public static void Check(ref Check check, DunningBody? body, string field = "dunning")
    {
        if (body is null) return;
        check.Range(body.MaxRetries, $"{field}.max_retries", 0, DunningPolicy.MaxRetriesLimit);
        check.Range(body.WindowDays, $"{field}.window_days", 1, DunningPolicy.WindowDaysLimit);
        if (body.ScheduleDays is not { } schedule) return;
        if (schedule.Length is < 1 or > FieldLimits.DunningGapsMax)
            check.Fail(
                new ApiError(
                    422, "out_of_range", $"{field}.schedule_days must have 1 to {FieldLimits.DunningGapsMax} entries.",
                    $"{field}.schedule_days"));
        for (var n = 0; n < schedule.Length; n++)
            check.Range(
                schedule[n], string.Create(CultureInfo.InvariantCulture, $"{field}.schedule_days[{n}]"), 1, FieldLimits.DunningGapDaysMax);
    }

    /// <summary>Fields that are left out take the values of the default policy.</summary>
    public static DunningPolicy ToPolicy(DunningBody? body)
    {
        var usual = DunningPolicy.Default;
        return body is null ? usual : new DunningPolicy(
            body.MaxRetries ?? usual.MaxRetries,
            body.WindowDays ?? usual.WindowDays,
            body.ScheduleDays ?? usual.ScheduleDays,
            body.MoveBillingDate ?? usual.MoveBillingDate,
            body.OnExhausted ?? usual.OnExhausted);
    }
}
