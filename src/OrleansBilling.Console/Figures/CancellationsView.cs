using OrleansBilling.Client;
using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Figures;

/// <summary>What the page of cancellations is about.</summary>
/// <param name="ByPlan">Whether lines are plans instead of products.</param>
public sealed record CancellationsQuestion(Span Span, string? SellerId, string? ProductId, string? PlanId, bool ByPlan)
{
    public string Name => $"{Span}|{SellerId}|{ProductId}|{PlanId}|{ByPlan}";
}

/// <summary>All figures of the page of cancellations, as the API gave them.</summary>
public sealed record CancellationsView(
    CancellationsQuestion Question,
    CancellationFigures Now,
    CancellationFigures Before,
    IReadOnlyList<MonthlyCancellations> Monthly,
    IReadOnlyList<Origins> Origins,
    IReadOnlyList<Daily> Daily,
    IReadOnlyList<ReasonCount> Reasons)
{
    public static ValueTask<CancellationsView> LoadAsync(
        FiguresDesk desk, SignedIn session, CancellationsQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(question);
        return desk.AskAsync(session, $"cancellations|{question.Name}", client => AskAsync(client.Statistics, question), cancellationToken);
    }

    private static async Task<CancellationsView> AskAsync(StatisticsClient statistics, CancellationsQuestion question)
    {
        var (span, seller, product, plan) = (question.Span, question.SellerId, question.ProductId, question.PlanId);
        var months = span.Months;
        var monthly = statistics.CancellationsMonthlyAsync(new()
        {
            From = months.From, To = months.To, SellerId = seller, ProductId = product, PlanId = plan,
            GroupBy = question.ByPlan ? "plan" : "product",
        });
        var origins = statistics.CancellationsOriginsAsync(
            new() { From = months.From, To = months.To, SellerId = seller, ProductId = product, PlanId = plan });
        var daily = statistics.CancellationsDailyAsync(
            new() { From = span.From, To = span.To, SellerId = seller, ProductId = product, PlanId = plan });
        var reasons = statistics.ReasonsAsync(
            new() { From = span.From, To = span.To, SellerId = seller, ProductId = product, PlanId = plan });
        var before = FiguresAsync(span.Before);
        var now = FiguresAsync(span);
        await Task.WhenAll(monthly, origins, daily, reasons, before, now);
        return new CancellationsView(
            question, await now, await before, (await monthly).Data, (await origins).Data, (await daily).Data, Sum((await reasons).Data));

        Task<CancellationFigures> FiguresAsync(Span of) => statistics.CancellationsAsync(
            new() { From = of.From, To = of.To, SellerId = seller, ProductId = product, PlanId = plan });
    }

    /// <summary>Over all months, the most frequent first.</summary>
    private static List<ReasonCount> Sum(IReadOnlyList<Reasons> months) =>
    [
        .. months.SelectMany(month => month.Canceled).GroupBy(one => one.Reason, StringComparer.Ordinal)
            .Select(group => new ReasonCount
            {
                Reason = group.Key, Count = group.Aggregate(Int128.Zero, static (sum, one) => sum + one.Count),
            })
            .OrderByDescending(one => one.Count).ThenBy(one => one.Reason, StringComparer.Ordinal),
    ];
}
