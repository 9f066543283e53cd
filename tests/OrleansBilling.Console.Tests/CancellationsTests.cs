using System.Globalization;
using Microsoft.Playwright;
using OrleansBilling.Console.Tests.Harness;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Tests;

/// <summary>The figures of the page are the API's, at once and to the cent.</summary>
public sealed class CancellationsTests(ConsoleServer server, Chromium chromium) : IClassFixture<ConsoleServer>
{
    [Theory]
    [InlineData("en-US", "90d")]
    [InlineData("pt-BR", "12m")]
    public async Task Figures_equal_those_of_the_API(string locale, string period)
    {
        await using var visitor = await SignedInAsync(locale);
        await visitor.ShowAsync($"cancellations?period={period}");
        var today = DateOnly.FromDateTime((await server.Seller.Clock.GetAsync()).Now.DateTime.AddHours(-3));
        var from = period == "90d" ? today.AddDays(-89) : new DateOnly(today.Year, today.Month, 1).AddMonths(-11);
        var figures = await server.Seller.Statistics.CancellationsAsync(new() { From = from, To = today });
        var texts = Texts.Of(Language.Preferred(locale));

        Assert.True(figures.Canceled >= 5);
        Assert.Equal(texts.Number(figures.Canceled), await visitor.FigureAsync("canceled"));
        Assert.Equal(texts.Share(figures.Rate), await visitor.FigureAsync("rate"));
        Assert.Equal(texts.Share(figures.ChurnStart), await visitor.FigureAsync("churn-start"));
        Assert.Equal(texts.Number(figures.Current), await visitor.FigureAsync("current"));
        Assert.Equal(texts.Money(figures.Ltv!.Value, "BRL"), await visitor.FigureAsync("ltv"));
        Assert.Equal(texts["days", texts.Number(figures.LtDays!.Value, 1)], await visitor.FigureAsync("lt"));
        Assert.Equal(texts.Number(figures.AveragePaidRecurrences!.Value, 2), await visitor.FigureAsync("paid-recurrences"));
    }

    [Fact]
    public async Task Figures_move_within_a_second_without_a_reload()
    {
        await using var visitor = await SignedInAsync();
        await visitor.ShowAsync("cancellations?period=30d");
        var before = int.Parse(await visitor.FigureAsync("canceled"), CultureInfo.InvariantCulture);
        var requests = visitor.Addresses.Count;
        await server.CancelAsync("luna15", "no_time");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await visitor.Page.Locator($"[data-figure=canceled]:text-is('{before + 1}')").WaitForAsync(new() { Timeout = 5_000 });
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1.5), $"It took {clock.Elapsed}.");
        Assert.Equal(requests, visitor.Addresses.Count);
    }

    [Fact]
    public async Task The_file_of_days_has_what_the_API_says()
    {
        await using var visitor = await SignedInAsync();
        var file = await visitor.Context.APIRequest.GetAsync(new Uri(server.Console, "cancellations/daily.csv?period=90d").AbsoluteUri);
        var lines = (await file.TextAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var today = DateOnly.FromDateTime((await server.Seller.Clock.GetAsync()).Now.DateTime.AddHours(-3));
        var days = (await server.Seller.Statistics.CancellationsDailyAsync(new() { From = today.AddDays(-89), To = today })).Data;
        Assert.Equal(91, lines.Length);
        Assert.Equal(
            days.Reverse().Select(day => $"{day.Day:yyyy-MM-dd},{day.New},{day.Reactivated},{day.Canceled}"),
            lines.Skip(1).Select(line => string.Join(',', line.Split(',').Take(4))));
    }

    [Fact]
    public async Task Filters_stand_in_the_address()
    {
        await using var visitor = await SignedInAsync();
        await visitor.ShowAsync("cancellations?period=12m");
        await visitor.Page.GetByLabel("Product", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Value = "code" });
        await visitor.WaitForAddressAsync(address => address.Contains("product=code", StringComparison.Ordinal));
        await visitor.WaitUntilLiveAsync();
        var figures = await server.Seller.Statistics.CancellationsAsync(
            new() { From = new DateOnly(2023, 6, 1), To = new DateOnly(2024, 5, 20), ProductId = "code" });
        await visitor.Page.Locator($"[data-figure=canceled]:text-is('{figures.Canceled}')").WaitForAsync();

        await visitor.Page.ReloadAsync();
        await visitor.WaitUntilLiveAsync();
        Assert.Equal(figures.Canceled.ToString(CultureInfo.InvariantCulture), await visitor.FigureAsync("canceled"));
    }

    private async Task<Visitor> SignedInAsync(string locale = "en-US")
    {
        var visitor = await chromium.VisitAsync(server.Console, locale: locale);
        await visitor.Page.GotoAsync(await server.LinkAsync("""{"role":"seller","seller_id":"luna"}"""));
        await visitor.WaitUntilLiveAsync();
        return visitor;
    }
}
