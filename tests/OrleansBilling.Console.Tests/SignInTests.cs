using System.Net;
using Microsoft.Playwright;
using OrleansBilling.Console.Sessions;
using OrleansBilling.Console.Tests.Harness;

namespace OrleansBilling.Console.Tests;

/// <summary>Who gets in, how, and how they get out again.</summary>
public sealed class SignInTests(ConsoleServer server, Chromium chromium) : IClassFixture<ConsoleServer>
{
    private static readonly string[] SecretNames = ["ob_link", "ob_session", "ob_seller"];

    [Fact]
    public async Task A_key_opens_the_console_and_a_wrong_one_does_not()
    {
        await using var visitor = await chromium.VisitAsync(server.Console);
        await visitor.OpenAsync("cancellations?period=90d");
        Assert.Contains("/console/sign-in", visitor.Page.Url, StringComparison.Ordinal);
        await visitor.Page.GetByLabel("API key").FillAsync("wrong");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync();

        await visitor.SignInAsync(server.SellerKey);
        await visitor.WaitUntilLiveAsync();
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Home", Level = 1 }).WaitForAsync();
        var cookie = (await visitor.Context.CookiesAsync()).Single(one => one.Name == "ob-console");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        Assert.DoesNotContain(server.SellerKey, cookie.Value, StringComparison.Ordinal);
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task A_link_opens_the_console_once_and_its_code_is_in_no_request_line()
    {
        var url = await server.LinkAsync("""{"role":"seller","seller_id":"luna"}""");
        await using (var visitor = await chromium.VisitAsync(server.Console))
        {
            await visitor.Page.GotoAsync(url);
            await visitor.WaitUntilLiveAsync();
            Assert.Equal("luna", await visitor.Page.Locator(".who-id").InnerTextAsync());
            Assert.DoesNotContain("#", visitor.Page.Url, StringComparison.Ordinal);
            Assert.All(visitor.Addresses, address => Assert.DoesNotContain(
                SecretNames, secret => address.Split('#')[0].Contains(secret, StringComparison.Ordinal)));
        }

        await using var second = await chromium.VisitAsync(server.Console);
        await second.Page.GotoAsync(url);
        await second.Page.GetByRole(AriaRole.Alert).WaitForAsync();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_sessions_of_the_key_and_no_others()
    {
        var key = await server.KeyAsync("""{"role":"seller","seller_id":"luna"}""");
        await using var one = await chromium.VisitAsync(server.Console);
        await using var other = await chromium.VisitAsync(server.Console);
        await using var stranger = await chromium.VisitAsync(server.Console);
        await one.SignInAsync(key);
        await other.SignInAsync(key);
        await stranger.SignInAsync(server.SellerKey);

        await one.WaitUntilLiveAsync();
        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await one.Page.GetByText("You are signed out.").WaitForAsync();
        await other.OpenAsync("subscriptions");
        await other.WaitForAddressAsync(address => address.Contains("sign-in", StringComparison.Ordinal));
        await stranger.ShowAsync("subscriptions");
        Assert.DoesNotContain("sign-in", stranger.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_have_a_strict_policy_and_open_nothing_to_strangers()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Console };
        using var page = await http.GetAsync("sign-in");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));

        // Nothing of it comes from elsewhere.
        Assert.DoesNotMatch("(src|href|action)=\"(https?:)?//", await page.Content.ReadAsStringAsync());

        using var hub = await http.PostAsync("_blazor/negotiate?negotiateVersion=1", null);
        Assert.Equal(HttpStatusCode.Unauthorized, hub.StatusCode);
        using var file = await http.GetAsync("cancellations/daily.csv");
        Assert.Equal(HttpStatusCode.Found, file.StatusCode);

        // Without the token of the form, a post from elsewhere signs nobody in.
        using var forged = await http.PostAsync(
            "session", new FormUrlEncodedContent(new Dictionary<string, string> { ["secret"] = server.SellerKey }));
        Assert.DoesNotContain(forged.Headers, header => header.Key == "Set-Cookie");
    }

    [Fact]
    public async Task A_session_is_a_key_of_short_life_that_ends_with_its_key()
    {
        var key = await server.KeyAsync("""{"role":"seller","seller_id":"luna","scopes":["read"],"expires_in_seconds":3600}""");
        var keyId = (await server.Gateway.Admin.GetAsync("/v1/api-keys?limit=200")).Expect(200).Data
            .Single(one => one.GetProperty("scopes").ToString().Contains("read", StringComparison.Ordinal)).GetProperty("id").GetString();
        var begun = (await server.Gateway.As(key).PostAsync("/v1/console-sessions", null)).Expect(201);
        var session = server.Gateway.As(begun.String("token"));
        (await session.GetAsync("/v1/subscriptions?limit=1")).Expect(200);
        (await session.GetAsync("/v1/statistics/summary")).ExpectProblem(403, "key_out_of_scope");
        (await session.PostAsync("/v1/console-sessions", null)).ExpectProblem(403, "forbidden");
        Assert.True(begun.Json.GetProperty("expires_at").GetDateTimeOffset() < DateTimeOffset.UtcNow.AddHours(1.1));

        (await server.Gateway.Admin.SendAsync(HttpMethod.Delete, $"/v1/api-keys/{keyId}", null)).Expect(204);
        (await session.GetAsync("/v1/subscriptions?limit=1")).ExpectProblem(401, "invalid_key");
    }

    [Fact]
    public async Task The_code_of_a_link_opens_nothing_but_a_session()
    {
        var code = (await server.LinkAsync("""{"role":"admin"}""")).Split('#')[1];
        var link = server.Gateway.As(code);
        (await link.GetAsync("/v1/subscriptions?limit=1")).ExpectProblem(403, "key_out_of_scope");
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => link.PostAsync("/v1/console-sessions", null)));
        Assert.Single(tries, one => one.Status == 201);
        Assert.DoesNotContain(
            (await server.Gateway.Admin.GetAsync("/v1/api-keys?limit=200")).Expect(200).Data,
            one => one.GetProperty("last_used_at").ValueKind != System.Text.Json.JsonValueKind.Null &&
                one.GetProperty("role").GetString() == "admin");
    }

    [Fact]
    public void Too_many_tries_of_one_address_wait()
    {
        using var limit = new SignInLimit();
        var guesser = IPAddress.Parse("203.0.113.7");
        Assert.All(Enumerable.Range(0, SignInLimit.TriesMax), _ => Assert.True(limit.TryBegin(guesser)));
        Assert.False(limit.TryBegin(guesser));
        Assert.True(limit.TryBegin(IPAddress.Parse("203.0.113.8")));
    }
}
