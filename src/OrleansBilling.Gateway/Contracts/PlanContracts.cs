using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>POST /v1/plans.</summary>
internal sealed record PlanBody
{
    /// <summary>The new id; one that sorts by time is made if it is left out.</summary>
    [Id]
    public string? Id { get; init; }

    /// <summary>The product that it belongs to.</summary>
    [Id]
    public required string ProductId { get; init; }

    /// <summary>What invoices call it.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public required string Name { get; init; }

    /// <summary>What people read about it before they buy, in one line or many; nothing if left out.</summary>
    [Text(FieldLimits.DescriptionCharactersMax, ManyLines = true)]
    public string? Description { get; init; }

    /// <summary>How long a period is.</summary>
    public required IntervalBody Interval { get; init; }

    /// <summary>Days before the first period that cost nothing; 0 by default.</summary>
    [Bounds(0, Plan.TrialDaysMax)]
    public int? TrialDays { get; init; }

    /// <summary>The number of periods after which the subscription is completed; unlimited if left out.</summary>
    [Bounds(1, Plan.RecurrencesMax)]
    public int? Recurrences { get; init; }

    /// <summary>The number of monthly installments of each period's price; at most the months of the period.</summary>
    [Bounds(1, 120)]
    public int? Installments { get; init; }

    /// <summary>How many days before a renewal the customer is notified.</summary>
    [Bounds(1, Plan.AlertDaysMax)]
    public int? RenewalAlertDays { get; init; }

    /// <summary>How declined charges are retried; as in the product if left out.</summary>
    public DunningBody? Dunning { get; init; }
}

/// <summary>
/// PATCH /v1/plans/{id}: a JSON merge patch. What is left out stays, null sets back to the default. Changes bind what comes later.
/// Product, interval, recurrences and installments may be repeated but not changed.
/// </summary>
internal sealed record PlanPatchBody
{
    /// <summary>What later invoices call it.</summary>
    [Text(FieldLimits.NameCharactersMax)]
    public string? Name { get; init; }

    /// <summary>What people read about it before they buy, in one line or many; null for nothing.</summary>
    [Text(FieldLimits.DescriptionCharactersMax, ManyLines = true)]
    public string? Description { get; init; }

    /// <summary>Days before the first period that cost nothing, of new subscriptions.</summary>
    [Bounds(0, Plan.TrialDaysMax)]
    public int? TrialDays { get; init; }

    /// <summary>How many days before a renewal the customer is notified, from the next period on.</summary>
    [Bounds(1, Plan.AlertDaysMax)]
    public int? RenewalAlertDays { get; init; }

    /// <summary>How later declined charges are retried; null for the product's way.</summary>
    public DunningBody? Dunning { get; init; }

    /// <summary>The product; must be the plan's.</summary>
    public string? ProductId { get; init; }

    /// <summary>How long a period is; must be as in the plan.</summary>
    public IntervalBody? Interval { get; init; }

    /// <summary>The number of periods; must be as in the plan.</summary>
    public int? Recurrences { get; init; }

    /// <summary>The number of installments; must be as in the plan.</summary>
    public int? Installments { get; init; }
}

/// <summary>The length of a period.</summary>
internal sealed record IntervalBody
{
    /// <summary>The unit of count. Months and years are calendar months and years in the product's time zone.</summary>
    public required IntervalUnit Unit { get; init; }

    /// <summary>How many units: at most 3,660 days, 520 weeks, 120 months or 10 years.</summary>
    [Bounds(1, 3_660)]
    public required int Count { get; init; }
}

/// <summary>A plan of a product: how often it is billed.</summary>
/// <param name="Name">What invoices call it.</param>
/// <param name="Description">What people read about it before they buy; null for nothing.</param>
/// <param name="Interval">How long a period is.</param>
/// <param name="TrialDays">Days before the first period that cost nothing.</param>
/// <param name="Recurrences">The number of periods after which a subscription is completed; null if unlimited.</param>
/// <param name="Installments">The number of monthly installments of each period's price; null if it is paid at once.</param>
/// <param name="RenewalAlertDays">How many days before a renewal the customer is notified; null if not.</param>
/// <param name="Dunning">How declined charges are retried; null if as in the product.</param>
/// <param name="Archived">Whether it is hidden from new sales.</param>
/// <param name="CreatedAt">When it was created; null for plans from before this was stored.</param>
internal sealed record PlanDocument(
    string Id,
    string ProductId,
    string Name,
    string? Description,
    IntervalDocument Interval,
    int TrialDays,
    int? Recurrences,
    int? Installments,
    int? RenewalAlertDays,
    DunningDocument? Dunning,
    bool Archived,
    Instant? CreatedAt)
{
    public static PlanDocument From(Shelved<Plan> shelved) => From(shelved.Entry, shelved);

    private static PlanDocument From(Plan plan, Shelved<Plan> shelved) => new(
        plan.Id, plan.ProductId, plan.Name, plan.Description, IntervalDocument.From(plan.Interval), plan.TrialDays, plan.Recurrences,
        plan.Installments > 1 ? plan.Installments : null,
        plan.AlertDays,
        plan.Dunning is null ? null : DunningDocument.From(plan.Dunning),
        shelved.ArchivedAt is not null,
        shelved.CreatedAt);
}

/// <summary>The length of a period.</summary>
/// <param name="Unit">The unit of count. Months and years are calendar months and years in the product's time zone.</param>
/// <param name="Count">How many units.</param>
internal sealed record IntervalDocument(IntervalUnit Unit, int Count)
{
    public static IntervalDocument From(BillingInterval interval) => new(interval.Unit, interval.Count);
}
