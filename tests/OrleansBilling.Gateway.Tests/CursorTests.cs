using System.Text;
using NodaTime;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Gateway.Tests.OpenApi;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests;

/// <summary>A cursor continues the list that it comes from, with its filters and its order, and no other one.</summary>
public sealed class CursorTests : IAsyncLifetime
{
    private const string MasterKey = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync("--Billing:Webhooks:AllowPrivate=true", $"--Billing:MasterKey={MasterKey}");
        await gateway.SellAsync(
            productFields: ",\"on_chargeback\":\"keep\"", planFields: ",\"renewal_alert_days\":5",
            offerFields: ""","meters":[{"id":"m","name":"m","aggregation":"sum","pricing":"per_unit","price":{"amount":1}}]""");
        await gateway.SellAsync("other", seller: "other");
        foreach (var id in new[] { "hook", "peg" })
        {
            (await gateway.Admin.PostAsync(
                "/v1/webhook-endpoints", $$"""{"id":"{{id}}","url":"http://127.0.0.1:9/hook","seller_id":"acme"}""")).Expect(201);
            (await gateway.Admin.PostAsync(
                "/v1/coupons", $$"""{"id":"{{id}}","seller_id":"acme","percent":1,"duration":"once"}""")).Expect(201);
            (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"admin"}""")).Expect(201);
        }

        await gateway.SubscribeAsync("c", "other_offer", "carol");
        await gateway.SubscribeAsync("d", "other_offer");
        foreach (var id in new[] { "a", "b" }) await gateway.SubscribeAsync(id);
        await gateway.AdvanceAsync("2024-03-05T00:00:00Z");
        foreach (var id in new[] { "a", "b" }) await LiveAsync(id);
    }

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    /// <summary>Also lists of tomorrow: the description names them.</summary>
    [Fact]
    public async Task No_list_takes_the_cursor_of_another_one()
    {
        var described = (await DescribedApi.ReadAsync(gateway)).Operations
            .Where(operation => operation.Parameters.Any(parameter => (string?)parameter["name"] == "cursor"))
            .Select(operation => operation.Path).ToList();
        Assert.True(described.Count >= 20);
        string[] lists =
        [
            .. described.Select(path => path.Contains('{', StringComparison.Ordinal)
                ? path.Replace("{id}", OwnerOf(path), StringComparison.Ordinal)
                : path),
            .. described.Where(path => path.StartsWith("/v1/subscriptions/", StringComparison.Ordinal))
                .Select(path => path.Replace("{id}", "b", StringComparison.Ordinal)),
        ];
        var cursors = new Dictionary<string, string>();
        foreach (var list in lists) cursors[list] = await NextAsync(list);
        var feed = (await gateway.Admin.GetAsync("/v1/events?limit=1")).Expect(200).String("next_cursor")!;

        foreach (var list in lists)
        {
            (await gateway.Admin.GetAsync($"{list}?cursor={cursors[list]}")).Expect(200);
            await RefusedAsync(list, "cursor", feed);
            await RefusedAsync("/v1/events", "after", cursors[list]);
            foreach (var other in lists.Where(other => other != list)) await RefusedAsync(list, "cursor", cursors[other]);
        }
    }

    [Theory]
    [InlineData("/v1/invoices", "status=paid", "status=paid,open")]
    [InlineData("/v1/invoices", "seller_id=acme", "customer_id=alice")]
    [InlineData("/v1/subscriptions", "status=active", "")]
    [InlineData("/v1/subscriptions", "status=active&order_by=created_at", "status=active&order_by=-created_at")]
    [InlineData("/v1/subscriptions", "customer_id=alice", "customer_id=bob")]
    [InlineData("/v1/products", "", "seller_id=acme")]
    public async Task A_cursor_is_for_its_own_filters_and_order(string list, string own, string other)
    {
        var next = await NextAsync(list, own);
        (await gateway.Admin.GetAsync($"{list}?{own}&cursor={next}&limit=200".Replace("?&", "?", StringComparison.Ordinal))).Expect(200);
        (await gateway.Admin.GetAsync($"{list}?{other}&cursor={next}".Replace("?&", "?", StringComparison.Ordinal)))
            .ExpectProblem(422, "invalid_cursor", "cursor");
    }

    /// <summary>Integrators keep these for months.</summary>
    [Fact]
    public async Task A_cursor_of_the_feed_has_the_form_that_it_always_had()
    {
        var stored = Convert.ToBase64String(Encoding.ASCII.GetBytes("1f0")).TrimEnd('=');
        var all = await Eventually.ReadAsync(
            async () => (await gateway.Admin.GetAsync($"/v1/events?after={stored}&limit=200")).Expect(200), page => page.Data.Count() >= 8);
        var position = Encoding.ASCII.GetString(Base64(all.String("next_cursor")!));
        Assert.Matches("^1f[1-9][0-9]*$", position);
    }

    private static byte[] Base64(string cursor) => System.Buffers.Text.Base64Url.DecodeFromChars(cursor);

    private static string OwnerOf(string path) => path.Split('/')[2] switch
    {
        "subscriptions" => "a",
        "webhook-endpoints" => "hook",
        "balances" => "acme",
        "customers" => "alice",
        var other => throw new InvalidOperationException($"Give {other} an owner of lists."),
    };

    private async Task RefusedAsync(string list, string field, string cursor)
    {
        var reply = await gateway.Admin.GetAsync($"{list}?{field}={cursor}");
        Assert.True(reply.Status == 422, $"{list} takes {Encoding.ASCII.GetString(Base64(cursor))}.");
        reply.ExpectProblem(422, "invalid_cursor", field);
    }

    /// <summary>Lists trail by up to a second.</summary>
    private async Task<string> NextAsync(string list, string filter = "")
    {
        var page = await Eventually.ReadAsync(
            async () => (await gateway.Admin.GetAsync($"{list}?limit=1&{filter}".TrimEnd('&'))).Expect(200),
            page => !page.IsNull("next_cursor"));
        return page.String("next_cursor")!;
    }

    /// <summary>A life with two of everything that a subscription can have.</summary>
    private async Task LiveAsync(string id)
    {
        for (var n = 1; n <= 2; n++)
        {
            (await gateway.Admin.PostAsync($"/v1/subscriptions/{id}/messages", """{"text":"Hello"}""")).Expect(201);
            await gateway.AskAsync(id, "usage", $$"""{"events":[{"id":"{{n}}","meter":"m"}]}""");
            await gateway.AskAsync(id, "invoices/1/refund", """{"amount":1}""");
        }

        for (var n = 1; n <= 2; n++)
            (await gateway.Admin.PostAsync("/v1/payments/chargebacks", $$"""{"key":"{{id}}:{{n}}:1"}""")).Expect(200);

        var (version, now) = ((await gateway.ReadAsync(id)).Number("version"), SystemClock.Instance.GetCurrentInstant());
        await gateway.Port<IQuarantine>().PutAsync(
            new QuarantinedSubscription(id, version, now, "why", 1, now, now + Duration.FromHours(1)), CancellationToken.None);
    }
}
