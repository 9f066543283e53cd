using System.Collections.Immutable;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Silo.Wire;

/// <summary>A question about statistics. Equal questions share an answer.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.statistics_question")]
internal sealed record StatisticsQuestion
{
    /// <summary>Null for all sellers.</summary>
    [Id(0)]
    public string? SellerId { get; init; }

    /// <summary>Null for all products.</summary>
    [Id(1)]
    public string? ProductId { get; init; }

    /// <summary>Null for all plans.</summary>
    [Id(2)]
    public string? PlanId { get; init; }

    /// <summary>Null for all offers.</summary>
    [Id(3)]
    public string? OfferId { get; init; }

    /// <summary>Numbers of the metrics, joined by commas so that questions compare by value; empty for all.</summary>
    [Id(4)]
    public string Metrics { get; init; } = "";

    /// <summary>First day, as days since 1970-01-01.</summary>
    [Id(5)]
    public int FromDay { get; init; }

    /// <summary>Last day, inclusive.</summary>
    [Id(6)]
    public int ToDay { get; init; }

    /// <summary>Name of a <see cref="StatisticsGrouping"/>.</summary>
    [Id(7)]
    public required string Grouping { get; init; }

    /// <summary>Name of the time step of one row. Older gateways do not send it and mean a day.</summary>
    [Id(8)]
    public string Step { get; init; } = nameof(StatisticsStep.Day);

    /// <summary>First slice; null for all.</summary>
    [Id(9)]
    public int? SliceFrom { get; init; }

    /// <summary>The only name; null for all. Older silos do not know it and answer for all.</summary>
    [Id(10)]
    public string? Name { get; init; }

    public static StatisticsQuestion Of(StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping) => new()
    {
        SellerId = filter.SellerId,
        ProductId = filter.ProductId,
        PlanId = filter.PlanId,
        OfferId = filter.OfferId,
        Metrics = string.Join(',', filter.Metrics.Select(metric => (int)metric)),
        FromDay = range.FromDay,
        ToDay = range.ToDay,
        Step = range.Step.ToString(),
        SliceFrom = filter.SliceFrom,
        Name = filter.Name,
        Grouping = grouping.ToString(),
    };

    public StatisticsRange Range => new(FromDay, ToDay, Enum.Parse<StatisticsStep>(Step));

    public StatisticsFilter Filter => new()
    {
        SellerId = SellerId,
        ProductId = ProductId,
        PlanId = PlanId,
        OfferId = OfferId,
        SliceFrom = SliceFrom,
        Name = Name,
        Metrics = [
            .. Metrics.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(number => (StatisticMetric)int.Parse(number, provider: null))],
    };
}

/// <summary>Statistics rows, stored by column.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.statistics_answer")]
internal sealed record StatisticsAnswer
{
    /// <summary>Why there is no answer; null if the journal answered.</summary>
    [Id(0)]
    public string? Unavailable { get; init; }

    /// <summary>Days since 1970-01-01.</summary>
    [Id(1)]
    public int[] Days { get; init; } = [];

    /// <summary>ISO 4217 codes.</summary>
    [Id(2)]
    public string[] Currencies { get; init; } = [];

    [Id(3)]
    public string[] Groups { get; init; } = [];

    [Id(4)]
    public int[] Metrics { get; init; } = [];

    /// <summary>The slices; null for rows without one.</summary>
    [Id(5)]
    public int?[] Slices { get; init; } = [];

    /// <summary>The sums, or their lower 64 bits.</summary>
    [Id(6)]
    public long[] Values { get; init; } = [];

    /// <summary>The upper 64 bits of the sums; empty if all fit in 64 bits. Older processes know only that case.</summary>
    [Id(7)]
    public long[] Upper { get; init; } = [];

    public static StatisticsAnswer Of(IReadOnlyList<StatisticRow> rows) => new()
    {
        Days = [.. rows.Select(row => row.Day)],
        Currencies = [.. rows.Select(row => row.Currency)],
        Groups = [.. rows.Select(row => row.Group)],
        Metrics = [.. rows.Select(row => (int)row.Metric)],
        Slices = [.. rows.Select(row => row.Slice)],
        Values = [.. rows.Select(row => (long)row.Value)],
        Upper = rows.All(row => row.Value == (long)row.Value) ? [] : [.. rows.Select(row => (long)(row.Value >> 64))],
    };

    public ImmutableArray<StatisticRow> Rows =>
        [.. Days.Select((day, n) => new StatisticRow(day, Currencies[n], Groups[n], (StatisticMetric)Metrics[n], Slices[n], ValueOf(n)))];

    private Int128 ValueOf(int n) => Upper.Length == 0 ? Values[n] : ((Int128)Upper[n] << 64) | (ulong)Values[n];
}
