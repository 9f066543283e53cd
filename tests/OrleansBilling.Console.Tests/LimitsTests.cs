using OrleansBilling.Console.Sessions;
using OrleansBilling.Console.Tests.Harness;

namespace OrleansBilling.Console.Tests;

/// <summary>Open pages are counted, by process and by session.</summary>
public sealed class LimitsTests(ConsoleServer server, Chromium chromium) : IClassFixture<ConsoleServer>
{
    [Fact]
    public void Places_are_counted_by_process_and_by_session()
    {
        var circuits = new OpenCircuits(new ConsoleLimits { Circuits = 3, CircuitsPerSession = 2 });
        Assert.True(circuits.TryOpen("a"));
        Assert.True(circuits.TryOpen("a"));
        Assert.False(circuits.TryOpen("a"));
        Assert.True(circuits.TryOpen("b"));
        Assert.False(circuits.HasRoom("c"));
        circuits.Close("a");
        Assert.True(circuits.TryOpen("c"));
        Assert.Equal(3, circuits.Open);
    }

    [Fact]
    public async Task A_page_beyond_the_limit_says_so_and_opens_none()
    {
        await using var visitor = await chromium.VisitAsync(server.Console);
        await visitor.Page.GotoAsync(await server.LinkAsync("""{"role":"seller","seller_id":"luna"}"""));
        await visitor.WaitUntilLiveAsync();
        for (var n = 1; n < 6; n++)
        {
            var more = await visitor.Context.NewPageAsync();
            await more.GotoAsync(new Uri(server.Console, "subscriptions").AbsoluteUri);
            await more.Locator("[data-live=true]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        }

        var tooMany = await visitor.Context.NewPageAsync();
        var answer = await tooMany.GotoAsync(new Uri(server.Console, "subscriptions").AbsoluteUri);
        Assert.Equal(503, answer!.Status);
        await tooMany.GetByText("Too many open pages").WaitForAsync();
    }
}
