using OrleansBilling.Client;
using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;

namespace OrleansBilling.Console.Figures;

/// <summary>How the business stands: the last 30 days, those before, a year of revenue and half a year of forecast.</summary>
public sealed record HomeView(
    DateOnly Today, Summary Now, Summary Before, IReadOnlyList<RevenueMovements> Movements, Forecast Forecast)
{
    public const int ForecastMonths = 6;

    /// <summary>The currency in which most recurs, for charts that show one.</summary>
    public string? MainCurrency => Now.Mrr.OrderByDescending(money => money.Amount).FirstOrDefault()?.Currency;

    public static async ValueTask<HomeView> LoadAsync(FiguresDesk desk, SignedIn session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(desk);
        var clock = await desk.ProveAsync(session, cancellationToken);
        var shelf = await Shelf.LoadAsync(desk, session, cancellationToken);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.Now, Shelf.Zone(shelf.ZoneOf(null, null))).DateTime);
        return await desk.AskAsync(session, $"home|{today}", client => AskAsync(client.Statistics, today), cancellationToken);
    }

    private static async Task<HomeView> AskAsync(StatisticsClient statistics, DateOnly today)
    {
        var span = new Span(today.AddDays(-29), today);
        var now = statistics.SummaryAsync(new() { From = span.From, To = span.To });
        var before = statistics.SummaryAsync(new() { From = span.Before.From, To = span.Before.To });
        var months = span.Months;
        var movements = statistics.MrrMovementsAsync(new() { From = months.From, To = months.To });
        var forecast = statistics.ForecastAsync(new() { Months = ForecastMonths });
        await Task.WhenAll(now, before, movements, forecast);
        return new HomeView(today, await now, await before, (await movements).Data, await forecast);
    }
}
