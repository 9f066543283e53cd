using System.Collections.Concurrent;
using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Endpoints, and what is sent to them.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string MasterKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static readonly string[] Life =
    [
        "subscription.created", "invoice.created", "invoice.paid", "subscription.activated", "subscription.renewed", "invoice.created",
        "invoice.paid", "subscription.canceled",
    ];

    private const string TypesOfALife = ",\"types\":[\"subscription.created\",\"subscription.canceled\"]";

    private readonly WebhookReceiver receiver = new();
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync("--Billing:Webhooks:AllowPrivate=true", $"--Billing:MasterKey={MasterKey}");
        await gateway.SellAsync("a");
        await gateway.SellAsync("b", seller: "other");
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Events_are_sent_signed_in_order_and_as_the_feed_has_them()
    {
        var secret = await CreateAsync("hook");
        await LiveAsync(("s", "a_offer"));

        var webhooks = await ReceivedAsync(Life.Length);

        Assert.Equal(Life, webhooks.Select(webhook => webhook.Type));
        Assert.All(webhooks, webhook => Assert.True(webhook.IsSignedWith(secret)));
        Assert.All(webhooks, webhook => Assert.Equal(webhook.Json.GetProperty("id").GetString(), webhook.Id));
        var feed = (await gateway.Admin.GetAsync("/v1/events")).Expect(200).Json.GetProperty("data");
        Assert.Equal(feed.EnumerateArray().Select(e => e.GetRawText()), webhooks.Select(webhook => webhook.Json.GetRawText()));
        var deliveries = await DeliveriesAsync("hook", list => list.Count == Life.Length && list.All(IsDelivered));
        Assert.All(deliveries, delivery => Assert.Equal(204, delivery.GetProperty("response_status").GetInt32()));
        Assert.Equal(
            webhooks.Reverse().Select(webhook => webhook.Json.GetRawText()),
            deliveries.Select(delivery => delivery.GetProperty("request").GetRawText()));
    }

    [Fact]
    public async Task What_fails_is_sent_again_and_only_its_subscription_waits_for_it()
    {
        var failed = new ConcurrentDictionary<string, bool>();
        receiver.Answer = webhook => Task.FromResult(webhook.SubscriptionId == "s" && failed.TryAdd(webhook.Id, true) ? 503 : 200);
        await CreateAsync("hook", TypesOfALife);
        await LiveAsync(("s", "a_offer"), ("t", "a_offer"));

        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Received.Count(webhook => webhook.SubscriptionId == "t") == 2));
        Assert.Single(receiver.Received, webhook => webhook.SubscriptionId == "s");
        var waiting = await DeliveriesAsync("hook", list => list.Count == 2, "?status=waiting");
        Assert.Equal([0, 1], waiting.Select(delivery => delivery.GetProperty("attempts").GetInt32()));
        Assert.Equal("status_503", waiting[1].GetProperty("fault").GetString());
        Assert.NotNull(waiting[1].GetProperty("next_attempt_at").GetString());

        await DeliveriesAsync("hook", list => list.Count == 4 && list.All(IsDelivered));
        var taken = receiver.Received.Where(webhook => webhook.SubscriptionId == "s").ToList();
        Assert.Equal(["subscription.created", "subscription.created", "subscription.canceled", "subscription.canceled"],
            taken.Select(webhook => webhook.Type));
    }

    [Fact]
    public async Task An_endpoint_gets_what_is_its_own_and_a_seller_sees_its_own()
    {
        var seller = await gateway.AsSellerAsync("other");
        Assert.Equal("other", (await CreateAsync(seller, $$"""{"id":"own","url":"{{receiver.Url}}"}""")).String("seller_id"));
        await CreateAsync("all");
        (await seller.PostAsync("/v1/webhook-endpoints", $$"""{"url":"{{receiver.Url}}","seller_id":"acme"}""")).Expect(403);
        (await seller.GetAsync("/v1/webhook-endpoints/all")).Expect(404);
        (await seller.DeleteAsync("/v1/webhook-endpoints/all")).Expect(404);
        Assert.Equal(["own"], IdsOf(await seller.GetAsync("/v1/webhook-endpoints")));
        Assert.Equal(["all", "own"], IdsOf(await gateway.Admin.GetAsync("/v1/webhook-endpoints")));
        Assert.Equal(["own"], IdsOf(await gateway.Admin.GetAsync("/v1/webhook-endpoints?seller_id=other,acme")));
        Assert.Empty(IdsOf(await gateway.Admin.GetAsync("/v1/webhook-endpoints?created_to=2000-01-01T00:00:00Z")));
        Assert.Equal(["all", "own"], IdsOf(await gateway.Admin.GetAsync("/v1/webhook-endpoints?created_from=2000-01-01T00:00:00Z")));

        await LiveAsync(("s", "a_offer"), ("t", "b_offer"));
        await DeliveriesAsync("own", list => list.Count == Life.Length && list.All(IsDelivered));
        await DeliveriesAsync("all", list => list.Count == 2 * Life.Length && list.All(IsDelivered));
        Assert.Equal(3 * Life.Length, receiver.Received.Count);
        Assert.Equal(2 * Life.Length, receiver.Received.Count(webhook => webhook.SubscriptionId == "t"));
    }

    [Fact]
    public async Task What_happens_while_it_is_disabled_is_sent_once_it_is_enabled()
    {
        await CreateAsync("hook");
        var disabled = (await PatchAsync("hook", """{"enabled":false}""")).Expect(200);
        Assert.Equal("asked", disabled.String("disabled_reason"));
        await LiveAsync(("s", "a_offer"));
        await gateway.SettleAsync();
        Assert.Empty(receiver.Received);
        var enabled = (await PatchAsync("hook", """{"enabled":true}""")).Expect(200);
        Assert.Null(enabled.String("disabled_reason"));
        Assert.Equal(Life, (await ReceivedAsync(Life.Length)).Select(webhook => webhook.Type));
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_gets_nothing_more()
    {
        receiver.Answer = _ => Task.FromResult(410);
        await CreateAsync("hook");
        await LiveAsync(("s", "a_offer"));
        var endpoint = await Eventually.ReadAsync(
            async () => (await gateway.Admin.GetAsync("/v1/webhook-endpoints/hook")).Expect(200),
            reply => !reply.Json.GetProperty("enabled").GetBoolean());
        Assert.Equal("gone", endpoint.String("disabled_reason"));
        Assert.Single(receiver.Received);
    }

    [Fact]
    public async Task That_an_endpoint_was_disabled_is_told_to_those_who_may_see_it()
    {
        const string Only = ",\"types\":[\"endpoint.disabled\"]";
        receiver.Answer = webhook => Task.FromResult(webhook.Type == "subscription.created" ? 410 : 204);
        var seller = await gateway.AsSellerAsync("other");
        await CreateAsync(seller, $$"""{"id":"gone","url":"{{receiver.Url}}","types":["subscription.created","endpoint.disabled"]}""");
        await CreateAsync(seller, $$"""{"id":"own","url":"{{receiver.Url}}"{{Only}}}""");
        await CreateAsync("all", Only);
        await CreateAsync("stranger", $",\"seller_id\":\"acme\"{Only}");
        await LiveAsync(("t", "b_offer"));

        foreach (var id in new[] { "own", "all" }) await DeliveriesAsync(id, list => list.Count == 1 && list.All(IsDelivered));
        var told = await EventAsync(gateway.Admin, "&types=endpoint.disabled");
        Assert.Equal(told.GetRawText(), Assert.Single(receiver.Received.Skip(1).DistinctBy(webhook => webhook.Id)).Json.GetRawText());
        Assert.Equal(3, receiver.Received.Count);
        Assert.Equal(told.GetRawText(), (await EventAsync(seller, "&types=endpoint.disabled")).GetRawText());
        Assert.Empty((await (await gateway.AsSellerAsync("acme")).GetAsync("/v1/events?types=endpoint.disabled")).Expect(200).Data);
        Assert.Empty(await DeliveriesAsync("stranger", _ => true));

        Assert.Equal(("endpoint.disabled", "other"), (told.GetProperty("type").GetString(), told.GetProperty("seller_id").GetString()));
        foreach (var empty in new[] { told.GetProperty("subscription_id"), told.GetProperty("sequence") })
            Assert.Equal(JsonValueKind.Null, empty.ValueKind);
        var data = told.GetProperty("data");
        Assert.Equal(JsonValueKind.Null, data.GetProperty("subscription").ValueKind);
        var endpoint = (await gateway.Admin.GetAsync("/v1/webhook-endpoints/gone")).Expect(200);
        Assert.Equal(endpoint.Json.GetRawText(), data.GetProperty("endpoint").GetRawText());
        Assert.Equal("gone", data.GetProperty("endpoint").GetProperty("disabled_reason").GetString());
        Assert.Equal(told.GetProperty("created_at").GetString(), endpoint.String("disabled_at"));
        Assert.DoesNotContain("secret\"", told.GetRawText(), StringComparison.Ordinal);

        // What it missed comes, but not that it was disabled itself; what its owner wants is no event.
        receiver.Answer = _ => Task.FromResult(204);
        (await PatchAsync("gone", """{"enabled":true}""")).Expect(200);
        await DeliveriesAsync("gone", list => list.Count == 1 && list.All(IsDelivered));
        (await PatchAsync("gone", """{"enabled":false}""")).Expect(200);
        await gateway.SubscribeAsync("u", "b_offer");
        (await PatchAsync("own", """{"types":null}""")).Expect(200);
        await DeliveriesAsync("own", list => list.Any(one => one.GetProperty("subscription_id").GetString() == "u"));
        Assert.Equal(told.GetRawText(), (await EventAsync(gateway.Admin, "&types=endpoint.disabled")).GetRawText());

        // A point in the history of subscriptions is found also beside it.
        var replay = """{"from":"2024-02-01T00:00:00Z","types":["endpoint.disabled","subscription.renewed"]}""";
        (await gateway.Admin.PostAsync("/v1/webhook-endpoints/own/replay", replay)).Expect(202);
        await Eventually.HoldsAsync(() => receiver.Received.Any(webhook => webhook.Type == "subscription.renewed"));
    }

    [Fact]
    public async Task During_a_rotation_both_secrets_sign()
    {
        var old = await CreateAsync("hook", ",\"types\":[\"subscription.created\"]");
        var rotated = (await gateway.Admin.PostAsync("/v1/webhook-endpoints/hook/rotate-secret", """{"overlap_hours":1}""")).Expect(200);
        var present = rotated.String("secret")!;
        Assert.NotEqual(old, present);

        // The process that sends learns it within a second.
        await NextIsAsync(webhook => webhook.IsSignedWith(old) && webhook.IsSignedWith(present));
        (await gateway.Admin.PostAsync("/v1/webhook-endpoints/hook/rotate-secret", """{"overlap_hours":0}""")).Expect(200);
        await NextIsAsync(webhook => !webhook.IsSignedWith(old) && !webhook.IsSignedWith(present));

        Task NextIsAsync(Func<ReceivedWebhook, bool> expected) => Eventually.HoldsAsync(async () =>
        {
            var before = receiver.Received.Count;
            await gateway.SubscribeAsync($"s{before}", "a_offer");
            await Eventually.HoldsAsync(() => receiver.Received.Count > before);
            return expected(receiver.Received[before]);
        });
    }

    [Fact]
    public async Task A_rotation_keeps_what_the_one_before_promised()
    {
        await CreateAsync("hook");
        const string Path = "/v1/webhook-endpoints/hook/rotate-secret";
        var first = (await gateway.Admin.PostAsync(Path, """{"overlap_hours":1}""")).Expect(200);
        var until = first.String("past_secret_until");

        (await gateway.Admin.PostAsync(Path, """{"overlap_hours":1}""")).ExpectProblem(409, "secret_overlap_running");
        (await gateway.Admin.PostAsync(Path)).ExpectProblem(409, "secret_overlap_running");
        var shown = (await gateway.Admin.GetAsync("/v1/webhook-endpoints/hook")).Expect(200);
        Assert.Equal((until, first.Headers.ETag), (shown.String("past_secret_until"), shown.Headers.ETag));

        var last = (await gateway.Admin.PostAsync(Path, """{"overlap_hours":0}""")).Expect(200);
        Assert.True(last.IsNull("past_secret_until"));
        (await gateway.Admin.PostAsync(Path, """{"overlap_hours":1}""")).Expect(200);
    }

    [Theory]
    [InlineData("POST", "/rotate-secret", 200)]
    [InlineData("POST", "/replay", 202)]
    [InlineData("PATCH", "", 200)]
    [InlineData("DELETE", "", 204)]
    public async Task Whoever_has_an_old_version_changes_nothing(string method, string action, int status)
    {
        var created = (await gateway.Admin.PostAsync(
            "/v1/webhook-endpoints", $$"""{"id":"hook","url":"{{receiver.Url}}"}""")).Expect(201);
        Assert.Equal("\"1\"", created.Headers.ETag?.ToString());
        (await AskAsync("\"2\"")).ExpectProblem(412, "version_mismatch", "If-Match");
        Assert.Equal("\"1\"", (await gateway.Admin.GetAsync("/v1/webhook-endpoints/hook")).Expect(200).Headers.ETag?.ToString());
        (await AskAsync("\"1\"")).Expect(status);

        async Task<Reply> AskAsync(string version)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/webhook-endpoints/hook{action}");
            if (method != "DELETE") request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation("If-Match", version);
            return await gateway.Admin.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_test_event_is_sent_at_once_and_its_outcome_told()
    {
        var secret = await CreateAsync("hook");
        var sent = (await gateway.Admin.PostAsync("/v1/webhook-endpoints/hook/test", "")).Expect(200);
        Assert.True(sent.Json.GetProperty("delivered").GetBoolean());
        Assert.Equal("endpoint.test", Assert.Single(receiver.Received).Type);
        Assert.True(receiver.Received[0].IsSignedWith(secret));

        // A handler that reads real events reads this one too.
        var body = receiver.Received[0].Json;
        Assert.Equal(
            ["id", "type", "subscription_id", "sequence", "seller_id", "created_at", "api_version", "data"],
            body.EnumerateObject().Select(field => field.Name));
        var data = body.GetProperty("data");
        Assert.Equal(["subscription", "invoice", "endpoint"], data.EnumerateObject().Select(field => field.Name));
        Assert.Equal("hook", data.GetProperty("endpoint").GetProperty("id").GetString());
        receiver.Answer = _ => Task.FromResult(500);
        var failed = (await gateway.Admin.PostAsync("/v1/webhook-endpoints/hook/test", "")).Expect(200);
        Assert.False(failed.Json.GetProperty("delivered").GetBoolean());
        Assert.Equal("status_500", failed.String("fault"));
    }

    [Fact]
    public async Task Past_events_are_sent_again_with_their_ids()
    {
        await LiveAsync(("s", "a_offer"), ("t", "a_offer"));
        await Eventually.HoldsAsync(async () =>
            (await gateway.Admin.GetAsync("/v1/events")).Expect(200).Json.GetProperty("data").GetArrayLength() == 2 * Life.Length);
        await CreateAsync("hook");
        (await gateway.Admin.PostAsync("/v1/webhook-endpoints/hook/replay", """{"subscription_id":"s"}""")).Expect(202);
        Assert.Equal(Life, (await ReceivedAsync(Life.Length)).Select(webhook => webhook.Type));
        await DeliveriesAsync("hook", list => list.Count == Life.Length && list.All(IsDelivered));

        var replay = """{"types":["subscription.renewed"],"from":"2024-02-01T00:00:00Z"}""";
        await Eventually.HoldsAsync(async () =>
            (await gateway.Admin.PostAsync("/v1/webhook-endpoints/hook/replay", replay)).Status == 202);
        var again = (await ReceivedAsync(Life.Length + 2)).Skip(Life.Length).ToList();
        Assert.Equal(["s", "t"], again.Select(webhook => webhook.SubscriptionId).Order());
        Assert.Contains(again[0].Id, receiver.Received.Take(Life.Length).Select(webhook => webhook.Id).Concat(again.Select(w => w.Id)));
    }

    [Theory]
    [InlineData("""{"url":"nonsense"}""", 422, "invalid_url", "url")]
    [InlineData("""{"url":"ftp://example.com/"}""", 422, "invalid_url", "url")]
    [InlineData("""{"url":"https://user:secret@example.com/"}""", 422, "invalid_url", "url")]
    [InlineData("""{"url":"https://example.com/","types":[]}""", 422, "out_of_range", "types")]
    [InlineData("""{"url":"https://example.com/","types":["invoice.paid","invoice.paid"]}""", 422, "duplicate", "types[1]")]
    [InlineData("""{"url":"https://example.com/","types":["invoice.eaten"]}""", 422, "invalid_value", "types[0]")]
    [InlineData("""{"types":["invoice.paid"]}""", 400, "required", "url")]
    public async Task Bad_endpoints_are_refused_by_field(string body, int status, string code, string field)
    {
        var refused = (await gateway.Admin.PostAsync("/v1/webhook-endpoints", body)).Expect(status);
        Assert.Equal((code, field), (refused.String("code"), refused.String("field")));
        Assert.Empty(IdsOf(await gateway.Admin.GetAsync("/v1/webhook-endpoints")));
    }

    [Fact]
    public async Task Bad_questions_are_refused_by_field()
    {
        await CreateAsync("hook");
        foreach (var (path, field) in new[]
        {
            ("/v1/webhook-endpoints?limit=201", "limit"), ("/v1/webhook-endpoints?cursor=x", "cursor"),
            ("/v1/webhook-endpoints/hook/deliveries?status=lost", "status"), ("/v1/webhook-endpoints/hook/deliveries?cursor=x", "cursor"),
            ("/v1/webhook-endpoints/hook/deliveries?color=red", "color"), ("/v1/webhook-endpoints?created_from=x", "created_from"),
            ("/v1/webhook-endpoints/hook/deliveries?created_to=x", "created_to"),
        })
        {
            var status = field == "color" ? 400 : 422;
            Assert.Equal(field, (await gateway.Admin.GetAsync(path)).Expect(status).String("field"));
        }

        var turned = (await gateway.Admin.PostAsync(
            "/v1/webhook-endpoints/hook/replay", """{"from":"2024-02-01T00:00:00Z","to":"2024-01-01T00:00:00Z"}""")).Expect(422);
        Assert.Equal("to", turned.String("field"));
        Assert.Equal("seller_id", (await PatchAsync("hook", """{"seller_id":"other"}""")).Expect(400).String("field"));
    }

    [Fact]
    public async Task Secrets_are_encrypted_where_they_are_stored()
    {
        var secret = await CreateAsync("hook");
        var stored = await gateway.Port<Runtime.Webhooks.IWebhookStore>().FindAsync("hook", CancellationToken.None);
        var text = System.Text.Encoding.Latin1.GetString(stored!.Secrets.Present);
        Assert.DoesNotContain(secret["whsec_".Length..], text, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await gateway.Admin.GetAsync("/v1/webhook-endpoints/hook")).Text, StringComparison.Ordinal);
    }

    /// <summary>The only event of a kind.</summary>
    private static async Task<JsonElement> EventAsync(ApiClient by, string query) => Assert.Single(await Eventually.ReadAsync(
        async () => (await by.GetAsync($"/v1/events?limit=200{query}")).Expect(200).Data.ToList(), found => found.Count > 0));

    private static bool IsDelivered(JsonElement delivery) => delivery.GetProperty("status").GetString() == "delivered";

    private static IEnumerable<string?> IdsOf(Reply reply) =>
        reply.Expect(200).Json.GetProperty("data").EnumerateArray().Select(endpoint => endpoint.GetProperty("id").GetString());

    /// <summary>Subscriptions that are sold, renewed once and canceled.</summary>
    private async Task LiveAsync(params (string Id, string Offer)[] lives)
    {
        foreach (var (id, offer) in lives) await gateway.SubscribeAsync(id, offer);
        await gateway.SettleAsync();
        await gateway.AdvanceAsync("2024-03-01T00:00:00Z");
        foreach (var (id, _) in lives) (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/cancel", """{"at":"now"}""")).Expect(200);
    }

    private async Task<string> CreateAsync(string id, string more = "")
    {
        var body = $$"""{"id":"{{id}}","url":"{{receiver.Url}}"{{more}}}""";
        return (await CreateAsync(gateway.Admin, body)).String("secret")!;
    }

    private static async Task<Reply> CreateAsync(ApiClient by, string body) =>
        (await by.PostAsync("/v1/webhook-endpoints", body)).Expect(201);

    private async Task<Reply> PatchAsync(string id, string body) =>
        await gateway.Admin.SendAsync(HttpMethod.Patch, $"/v1/webhook-endpoints/{id}", body);

    private async Task<IReadOnlyList<ReceivedWebhook>> ReceivedAsync(int count)
    {
        await Eventually.HoldsAsync(() => receiver.Received.Count >= count);
        Assert.Equal(count, receiver.Received.Count);
        return receiver.Received;
    }

    private async Task<List<JsonElement>> DeliveriesAsync(string id, Func<List<JsonElement>, bool> enough, string query = "") =>
        await Eventually.ReadAsync(
            async () =>
            {
                var reply = await gateway.Admin.GetAsync($"/v1/webhook-endpoints/{id}/deliveries{query}");
                return reply.Expect(200).Json.GetProperty("data").EnumerateArray().ToList();
            },
            enough);
}
