using Orleans.CodeGeneration;

namespace OrleansBilling.Silo.Wire;

/// <summary>Statistics of one seller, one product or the marketplace, keyed by <see cref="StatisticsScope"/>.</summary>
[Version(1), Alias("orleans_billing.statistics")]
internal interface IStatisticsGrain : IGrainWithStringKey
{
    /// <summary>Answers with figures that are at most half a second old.</summary>
    [Alias("ask")]
    Task<StatisticsAnswer> AskAsync(StatisticsQuestion question);
}

/// <summary>The grain that answers a question: the product's, the seller's, or the one for the whole marketplace.</summary>
internal static class StatisticsScope
{
    public static string Of(StatisticsQuestion question)
    {
        if (question.ProductId is { } product) return $"product:{product}";
        return question.SellerId is { } seller ? $"seller:{seller}" : "marketplace";
    }
}
