using System.Globalization;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A dunning policy as a request states it.</summary>
internal static class DunningRequest
{
    private const int GapsMax = 20;
    private const int GapDaysMax = 90;

    public static void Check(ref Check check, DunningBody? body)
    {
        if (body is null) return;
        check.Range(body.MaxRetries, "dunning.max_retries", 0, DunningPolicy.MaxRetriesLimit);
        check.Range(body.WindowDays, "dunning.window_days", 1, DunningPolicy.WindowDaysLimit);
        if (!check.List<int>(body.ScheduleDays, "dunning.schedule_days", 1, GapsMax)) return;
        for (var n = 0; n < body.ScheduleDays!.Value.Length; n++)
            check.Range(body.ScheduleDays.Value[n], string.Create(CultureInfo.InvariantCulture, $"dunning.schedule_days[{n}]"), 1, GapDaysMax);
    }

    /// <summary>What is left out is as in the default policy.</summary>
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
