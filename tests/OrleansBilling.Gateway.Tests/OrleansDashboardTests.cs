using System.Text.Json;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The Orleans Dashboard is for administrators, who sign in by HTTP Basic.</summary>
public sealed class OrleansDashboardTests : IAsyncLifetime
{
    private static readonly string[] Parts =
    [
        "/orleans", "/orleans/", "/orleans/index.min.js", "/orleans/fonts/fa-solid-900.woff2", "/orleans/DashboardCounters",
        "/orleans/GrainTypes", "/orleans/Reminders", "/orleans/GrainState", "/orleans/Trace", "/orleans/nothing", "/ORLEANS/version",
    ];

    private TestGateway gateway = null!;
    private DashboardVisitor browser = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        browser = new DashboardVisitor(gateway.Address);
    }

    [Fact]
    public async Task Nothing_is_shown_without_an_administrators_key()
    {
        var seller = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"acme"}""")).String("key");
        foreach (var part in Parts)
        {
            var (status, headers, text) = await browser.GetAsync(part, password: null);
            Assert.Equal(401, status);
            Assert.StartsWith("Basic realm=", Assert.Single(headers.WwwAuthenticate).ToString(), StringComparison.Ordinal);
            Assert.Contains("\"code\":\"unauthenticated\"", text, StringComparison.Ordinal);
            Assert.Equal(403, await browser.StatusOfAsync(part, seller));
        }

        Assert.Equal(401, await browser.StatusOfAsync("/orleans/", "wrong"));
    }

    [Fact]
    public async Task Administrators_see_silos_grains_and_reminders_and_the_page_asks_nobody_else()
    {
        await gateway.SellAsync();
        await gateway.SubscribeAsync("s1");
        var stored = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"admin"}""")).String("key");
        foreach (var key in new[] { TestGateway.AdminKey, stored })
        {
            var (status, headers, page) = await browser.GetAsync("/orleans/", key);
            Assert.Equal(200, status);
            Assert.Contains("<title>Orleans Dashboard</title>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("://", page, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'self';", Assert.Single(headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("DENY", Assert.Single(headers.GetValues("X-Frame-Options")));
        }

        var counters = await Eventually.ReadAsync(
            () => ReadAsync("DashboardCounters"),
            shown => shown.GetProperty("simpleGrainStats").EnumerateArray().Any(grain =>
                grain.GetProperty("grainType").GetString()!.EndsWith("SubscriptionGrain", StringComparison.Ordinal)));
        Assert.Equal("Active", Assert.Single(counters.GetProperty("hosts").EnumerateArray()).GetProperty("status").GetString());
        await Eventually.ReadAsync(() => ReadAsync("Reminders"), shown => shown.GetProperty("count").GetInt32() > 0);
        Assert.Contains(
            "OrleansBilling.Silo.Grains.DuePumpGrain",
            (await ReadAsync("GrainTypes")).EnumerateArray().Select(type => type.GetString()));
        Assert.DoesNotContain("s1", counters.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_of_grains_and_the_log_are_not_shown()
    {
        Assert.Equal(
            404, await browser.StatusOfAsync(
                "/orleans/GrainState?grainId=s1&grainType=OrleansBilling.Silo.Grains.SubscriptionGrain", TestGateway.AdminKey));
        Assert.Equal(403, await browser.StatusOfAsync("/orleans/Trace", TestGateway.AdminKey));
    }

    [Fact]
    public async Task Wrong_keys_are_limited_and_right_ones_are_not()
    {
        for (var n = 0; n < 2 * AdministratorPage.MissesMax; n++)
            Assert.Equal(200, await browser.StatusOfAsync("/orleans/version", TestGateway.AdminKey));
        for (var n = 0; n < AdministratorPage.MissesMax; n++)
            Assert.Equal(401, await browser.StatusOfAsync("/orleans/version", $"guess-{n}"));

        var (status, headers, _) = await browser.GetAsync("/orleans/version", TestGateway.AdminKey);
        Assert.Equal(429, status);
        Assert.Equal(AdministratorPage.Window, headers.RetryAfter?.Delta);
        (await gateway.Admin.GetAsync("/v1/cluster")).Expect(200);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await gateway.DisposeAsync();
    }

    private async Task<JsonElement> ReadAsync(string part)
    {
        var (status, _, text) = await browser.GetAsync($"/orleans/{part}", TestGateway.AdminKey);
        Assert.Equal(200, status);
        return JsonDocument.Parse(text).RootElement;
    }
}
