using Microsoft.Playwright;
using OrleansBilling.Console.Tests.Harness;

namespace OrleansBilling.Console.Tests;

/// <summary>
/// Every page in light and dark, narrow and wide: nothing that axe finds, nothing beside the screen, no complaint of the browser.
/// </summary>
public sealed class PagesTests(ConsoleServer server, Chromium chromium) : IClassFixture<ConsoleServer>
{
    private static readonly (string Path, string Name)[] Pages =
    [
        ("", "home"), ("cancellations?period=12m", "cancellations"), ("cancellations?from=2020-01-01&to=2020-01-31", "cancellations-empty"),
        ("subscriptions", "subscriptions"), ("subscriptions?q=nobody", "subscriptions-none"), ("subscriptions/luna04", "subscription"),
        ("nothing-here", "not-found"),
    ];

    [Theory]
    [InlineData(1600, false)]
    [InlineData(1600, true)]
    [InlineData(360, false)]
    [InlineData(360, true)]
    public async Task Pages_are_accessible_and_fit(int width, bool isDark)
    {
        var variant = $"{width}{(isDark ? "-dark" : "")}";
        await using var visitor = await chromium.VisitAsync(server.Console, width, isDark);
        await visitor.OpenAsync("sign-in?why=wrong");
        await visitor.ExpectAccessibleAsync();
        await visitor.PhotographAsync($"sign-in-{variant}");
        await visitor.Page.GotoAsync(await server.LinkAsync("""{"role":"seller","seller_id":"luna"}"""));
        await visitor.WaitUntilLiveAsync();
        foreach (var (path, name) in Pages)
        {
            await visitor.ShowAsync(path);
            await visitor.PhotographAsync($"{name}-{variant}");
            await visitor.ExpectAccessibleAsync();
            Assert.Equal(width, await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        Assert.DoesNotContain(visitor.Complaints, one => !one.Contains("404", StringComparison.Ordinal));
        Assert.All(visitor.Addresses, address => Assert.StartsWith(server.Gateway.Address.AbsoluteUri, address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_jumps_when_a_page_becomes_live()
    {
        await using var visitor = await chromium.VisitAsync(server.Console);
        await visitor.Page.GotoAsync(await server.LinkAsync("""{"role":"seller","seller_id":"luna"}"""));
        await visitor.Context.AddInitScriptAsync(
            "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.shift += e.hadRecentInput ? 0 : e.value))" +
            ".observe({ type: 'layout-shift', buffered: true });");
        foreach (var (path, _) in Pages)
        {
            await visitor.ShowAsync(path);
            var shift = await visitor.Page.EvaluateAsync<double>("window.shift");
            Assert.True(shift < 0.02, $"{path} moves by {shift}.");
        }
    }

    [Fact]
    public async Task The_language_is_that_of_the_browser_until_another_is_chosen()
    {
        await using var visitor = await chromium.VisitAsync(server.Console, locale: "pt-BR");
        await visitor.Page.GotoAsync(await server.LinkAsync("""{"role":"seller","seller_id":"luna"}"""));
        await visitor.WaitUntilLiveAsync();
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Início" }).WaitForAsync();
        await visitor.Page.GetByLabel("Idioma").SelectOptionAsync("fr");
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Accueil" }).WaitForAsync();
        Assert.Equal("fr", await visitor.Page.Locator("html").GetAttributeAsync("lang"));
    }
}
