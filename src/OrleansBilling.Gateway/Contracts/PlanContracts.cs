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

    /// <summary>Monthly parts of a longer period's price; more than one is not supported yet.</summary>
    public int? Installments { get; init; }

    public DunningBody? Dunning { get; init; }
}

/// <summary>How often a plan recurs.</summary>
internal sealed record IntervalBody
{
    public required IntervalUnit Unit { get; init; }

    public required int Count { get; init; }
}

/// <summary>A plan.</summary>
internal sealed record PlanDocument(
    string Id,
    string ProductId,
    string Name,
    IntervalDocument Interval,
    int TrialDays,
    int? Recurrences,
    int? Installments,
    DunningDocument? Dunning)
{
    public static PlanDocument From(Plan plan) => new(
        plan.Id, plan.ProductId, plan.Name, IntervalDocument.From(plan.Interval), plan.TrialDays, plan.Recurrences, null,
        plan.Dunning is null ? null : DunningDocument.From(plan.Dunning));
}

/// <summary>How often something recurs.</summary>
internal sealed record IntervalDocument(IntervalUnit Unit, int Count)
{
    public static IntervalDocument From(BillingInterval interval) => new(interval.Unit, interval.Count);
}
