using Microsoft.Playwright;
using OrleansBilling.Client;
using OrleansBilling.Console.Tests.Harness;

namespace OrleansBilling.Console.Tests;

/// <summary>Finding a subscription, reading its story, and changing it.</summary>
public sealed class SubscriptionTests(ConsoleServer server, Chromium chromium) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task A_subscription_is_found_by_the_mail_address_of_its_customer()
    {
        await using var visitor = await SignedInAsync("subscriptions");
        await visitor.Page.GetByLabel("Search").First.FillAsync("c05@example.com");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.WaitForAddressAsync(address => address.Contains("q=c05", StringComparison.Ordinal));
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "c05@example.com" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "c05@example.com", Level = 1 }).WaitForAsync();
        await visitor.Page.GetByText("A payment arrived").First.WaitForAsync();
    }

    /// <summary>By keyboard alone: what it will do is said, one confirmation does it, and it can be undone.</summary>
    [Fact]
    public async Task It_is_canceled_at_the_end_of_its_period_and_kept_again_by_keyboard()
    {
        await using var visitor = await SignedInAsync("subscriptions/luna16");
        await PressAsync("Cancel at the end of the period");
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Cancel at the end of the period?" }).WaitForAsync();
        Assert.Null((await server.Seller.Subscriptions.GetAsync("luna16")).CancelAt);
        await visitor.Page.GetByLabel("Reason").SelectOptionAsync("no_time");
        await visitor.Page.Locator(".confirm button.danger").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.GetByText("The subscription will end with its period.").WaitForAsync();
        Assert.NotNull((await server.Seller.Subscriptions.GetAsync("luna16")).CancelAt);
        await visitor.Page.GetByText("Ends on").WaitForAsync();
        await visitor.PhotographAsync("subscription-leaving-1600");

        await PressAsync("Keep it");
        await visitor.Page.Locator(".confirm button.main").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.GetByText("The cancellation is undone.").WaitForAsync();
        Assert.Null((await server.Seller.Subscriptions.GetAsync("luna16")).CancelAt);

        async Task PressAsync(string name)
        {
            await visitor.Page.Locator(".actions").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).FocusAsync();
            await visitor.Page.Keyboard.PressAsync("Enter");
        }
    }

    [Fact]
    public async Task It_is_paused_and_resumed()
    {
        await using var visitor = await SignedInAsync("subscriptions/luna18");
        await DoAsync("Pause now", "The subscription is paused.");
        Assert.Equal(SubscriptionStatus.Paused, (await server.Seller.Subscriptions.GetAsync("luna18")).Status);
        await DoAsync("Resume", "The pause is ended.");
        Assert.Equal(SubscriptionStatus.Active, (await server.Seller.Subscriptions.GetAsync("luna18")).Status);

        async Task DoAsync(string action, string done)
        {
            await visitor.Page.Locator(".actions").GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
            await visitor.ExpectAccessibleAsync();
            await visitor.Page.Locator(".confirm button.main").ClickAsync();
            await visitor.Page.GetByText(done).WaitForAsync();
        }
    }

    [Fact]
    public async Task Who_decides_on_an_old_page_is_told()
    {
        await using var visitor = await SignedInAsync("subscriptions/luna20");
        await visitor.Page.Locator(".actions").GetByRole(AriaRole.Button, new() { Name = "Pause after this period" }).ClickAsync();
        (await server.Gateway.Admin.SendAsync(HttpMethod.Patch, "/v1/subscriptions/luna20", """{"metadata":{"seen":"no"}}""")).Expect(200);
        await visitor.Page.Locator(".confirm button.main").ClickAsync();
        await visitor.Page.GetByText("The subscription has changed meanwhile.").WaitForAsync();
        Assert.Null((await server.Seller.Subscriptions.GetAsync("luna20")).PauseScheduled);
    }

    private async Task<Visitor> SignedInAsync(string path)
    {
        var visitor = await chromium.VisitAsync(server.Console);
        await visitor.Page.GotoAsync(await server.LinkAsync("""{"role":"seller","seller_id":"luna"}"""));
        await visitor.WaitUntilLiveAsync();
        await visitor.ShowAsync(path);
        return visitor;
    }
}
