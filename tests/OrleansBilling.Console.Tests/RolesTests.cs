using Microsoft.Playwright;
using OrleansBilling.Console.Tests.Harness;

namespace OrleansBilling.Console.Tests;

/// <summary>Everybody sees what is theirs, and no control that they may not use.</summary>
public sealed class RolesTests(ConsoleServer server, Chromium chromium) : IClassFixture<ConsoleServer>
{
    [Fact]
    public async Task A_seller_sees_nothing_of_another_seller()
    {
        await using var visitor = await SignedInAsync(server.SellerKey);
        foreach (var path in (string[])["", "cancellations?period=12m", "subscriptions", "subscriptions?q=zed", "subscriptions?q=sol1",
            "subscriptions?product=other", "subscriptions/sol1", "cancellations?product=other"])
        {
            await visitor.ShowAsync(path);
            var text = await visitor.Page.ContentAsync();
            Assert.DoesNotContain(ConsoleServer.SecretMail, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Astronomy", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_administrator_sees_all()
    {
        await using var visitor = await SignedInAsync(Gateway.Tests.Harness.TestGateway.AdminKey);
        await visitor.ShowAsync("subscriptions?q=sol1");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = ConsoleServer.SecretMail }).WaitForAsync();
    }

    [Fact]
    public async Task A_key_that_only_reads_shows_no_figures_and_no_actions()
    {
        await using var visitor = await SignedInAsync(
            await server.KeyAsync("""{"role":"seller","seller_id":"luna","scopes":["read"]}"""), "subscriptions/luna02");
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "What happened" }).WaitForAsync();
        Assert.Equal(0, await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Actions" }).CountAsync());
        Assert.Equal(["Subscriptions"], await visitor.Page.Locator("nav[aria-label=Pages] a").AllInnerTextsAsync());
        await visitor.ShowAsync("cancellations");
        await visitor.Page.GetByText("Your key may not see this.").WaitForAsync();
    }

    [Fact]
    public async Task A_partner_is_told_that_there_is_nothing_here_yet()
    {
        await using var visitor = await SignedInAsync(await server.KeyAsync("""{"role":"partner","party_id":"zoe"}"""));
        await visitor.Page.GetByText("Your key may not see this.").WaitForAsync();
        Assert.Equal(0, await visitor.Page.Locator("nav[aria-label=Pages] a").CountAsync());
    }

    private async Task<Visitor> SignedInAsync(string key, string path = "")
    {
        var visitor = await chromium.VisitAsync(server.Console);
        await visitor.SignInAsync(key);
        await visitor.ShowAsync(path);
        return visitor;
    }
}
