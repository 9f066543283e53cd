using OrleansBilling.Domain.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/plans.</summary>
internal sealed record PlanBody
{
    public string? Id { get; init; }

    public required string ProductId { get; init; }

    public required string Name { get; init; }

    public required IntervalBody Interval { get; init; }

    public int? TrialDays { get; init; }

    public int? Recurrences { get; init; }

    /// <summary>The number of monthly installments of each period's price; at most the months of the period.</summary>
    public int? Installments { get; init; }

    /// <summary>How many days before a renewal the customer is notified.</summary>
    public int? RenewalAlertDays { get; init; }

    public DunningBody? Dunning { get; init; }
}

internal sealed record IntervalBody
{
    public required IntervalUnit Unit { get; init; }

    public required int Count { get; init; }
}

internal sealed record PlanDocument(
    string Id,
    string ProductId,
    string Name,
    IntervalDocument Interval,
    int TrialDays,
    int? Recurrences,
    int? Installments,
    int? RenewalAlertDays,
    DunningDocument? Dunning)
{
    public static PlanDocument From(Plan plan) => new(
        plan.Id, plan.ProductId, plan.Name, IntervalDocument.From(plan.Interval), plan.TrialDays, plan.Recurrences,
        plan.Installments > 1 ? plan.Installments : null,
        plan.AlertDays,
        plan.Dunning is null ? null : DunningDocument.From(plan.Dunning));
}

internal sealed record IntervalDocument(IntervalUnit Unit, int Count)
{
    public static IntervalDocument From(BillingInterval interval) => new(interval.Unit, interval.Count);
}
