using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Tests;

/// <summary>What a limited key and that of a partner may do, on every route, also those of tomorrow.</summary>
public sealed class ScopeTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    /// <summary>Every route that needs a key, with the scopes of which a limited key needs one.</summary>
    public static IEnumerable<TheoryDataRow<string, string, KeyScopes>> Routes => OpenApiTests.Table
        .Where(row => row.Data.Item2.StartsWith("/v1/", StringComparison.Ordinal))
        .Select(row => new TheoryDataRow<string, string, KeyScopes>(
            row.Data.Item1.ToUpperInvariant(), row.Data.Item2, Expected(row.Data.Item1, row.Data.Item2)));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_limited_key_may_do_what_its_scopes_say(string method, string path, KeyScopes needed)
    {
        Assert.Equal(needed, RoutePolicy.ScopesOf(method, path));
        foreach (var scope in new[] { KeyScopes.Read, KeyScopes.Commands, KeyScopes.Statistics })
        {
            var reply = await AskAsync(await KeyWithAsync(scope), method, path);
            if ((needed & scope) == 0) reply.ExpectProblem(403, "key_out_of_scope");
            else Assert.False(reply.Status is 401 or 403, $"{scope}: {reply.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_partner_sees_what_it_is_owed_and_brought_in_and_nothing_else(string method, string path, KeyScopes needed)
    {
        var own = path.Replace("{id}", "zoe", StringComparison.Ordinal);
        var reply = await AskAsync(shared.Partner, method, own);
        if (path is "/v1/balances" or "/v1/balances/{id}/entries") Assert.Equal((KeyScopes.Read, 200), (needed, reply.Status));
        else if (path == "/v1/statistics/affiliates") Assert.Equal((KeyScopes.Statistics, 200), (needed, reply.Status));
        else if (path.StartsWith("/v1/console-sessions", StringComparison.Ordinal)) Assert.True(reply.Status is 204 or 400, reply.Text);
        else reply.ExpectProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_token_has_the_scopes_of_the_key_that_made_it()
    {
        var seller = shared.Gateway.As((await shared.Gateway.Admin.PostAsync(
            "/v1/api-keys", """{"role":"seller","seller_id":"acme","scopes":["commands"]}""")).Expect(201).String("key"));
        var alice = await shared.Gateway.AsCustomerAsync("alice", seller);
        (await alice.PostAsync("/v1/subscriptions/active/payment-method", """{"token":"tok_ok"}""")).Expect(200);
        (await alice.GetAsync("/v1/subscriptions/active")).ExpectProblem(403, "key_out_of_scope");
    }

    [Fact]
    public async Task Scopes_add_nothing_to_a_role()
    {
        var made = await shared.Gateway.Admin.PostAsync(
            "/v1/api-keys", """{"role":"seller","seller_id":"other","scopes":["read","commands","statistics"]}""");
        var seller = shared.Gateway.As(made.Expect(201).String("key"));
        (await seller.GetAsync("/v1/quarantine")).ExpectProblem(403, "forbidden");
        (await seller.GetAsync("/v1/subscriptions/active")).ExpectProblem(404, "subscription_not_found");
    }

    /// <summary>Written apart from the program's own rule, so that a mistake in either shows.</summary>
    private static KeyScopes Expected(string method, string path) => (method, path.Split('/')[2]) switch
    {
        (_, "api-keys" or "console-links") => KeyScopes.None,
        (_, "console-sessions") => KeyScopes.Read | KeyScopes.Commands | KeyScopes.Statistics | KeyScopes.SignIn,
        (_, "statistics" or "simulations") => KeyScopes.Statistics,
        ("get", _) => KeyScopes.Read,
        _ when path.EndsWith("preview", StringComparison.Ordinal) => KeyScopes.Read | KeyScopes.Commands,
        _ => KeyScopes.Commands,
    };

    private static Task<Reply> AskAsync(ApiClient client, string method, string path)
    {
        var filled = path.Replace("{id}", "nobody", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal);
        var contentType = path == "/v1/commands" ? "application/x-ndjson" : "application/json";
        var body = method is "POST" or "PUT" or "PATCH" ? "{" : null;
        return client.SendAsync(new HttpMethod(method), filled, body, contentType: contentType);
    }

    private async Task<ApiClient> KeyWithAsync(KeyScopes scope) => shared.Gateway.As((await shared.Gateway.Admin.PostAsync(
        "/v1/api-keys", $$"""{"role":"admin","scopes":["{{scope.ToString().ToLowerInvariant()}}"]}""")).Expect(201).String("key"));
}
