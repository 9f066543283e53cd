using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>Figures of one seller or product, by <see cref="StatisticsScope"/>.</summary>
[Version(1), Alias("orleans_billing.statistics")]
internal interface IStatisticsGrain : IGrainWithStringKey
{
    /// <summary>Answers from figures that are hardly older than the question.</summary>
    [Alias("ask")]
    Task<StatisticsAnswer> AskAsync(StatisticsQuestion question);
}

/// <summary>Which grain answers a question: a product's own, a seller's own, or the one for the whole marketplace.</summary>
internal static class StatisticsScope
{
    public static string Of(StatisticsQuestion question)
    {
        if (question.ProductId is { } product) return $"product:{product}";
        return question.SellerId is { } seller ? $"seller:{seller}" : "marketplace";
    }
}
