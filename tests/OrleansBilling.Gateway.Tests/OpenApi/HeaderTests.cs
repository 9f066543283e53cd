using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>The API description declares the headers that a real server takes and sends.</summary>
public sealed class HeaderTests
{
    /// <summary>Declared for answers that may or may not have them.</summary>
    private static readonly string[] Sometimes = ["Idempotent-Replayed", "Preference-Applied", "Retry-After"];

    [Fact]
    public async Task Answers_have_the_headers_that_are_declared_and_no_others()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:RateLimit=1000", "--Billing:RateLimitBurst=1000");
        var api = await DescribedApi.ReadAsync(gateway);
        await gateway.SellAsync();
        var subscribe = Catalog.Subscribe("s", "gold_offer");
        await CheckAsync("subscriptions_create", 201, "/v1/subscriptions", subscribe, ("Prefer", "wait=10"), ("Idempotency-Key", "one"));
        await CheckAsync("subscriptions_create", 201, "/v1/subscriptions", subscribe, ("Idempotency-Key", "one"));
        await CheckAsync("subscriptions_create", 400, "/v1/subscriptions", "{}");
        await CheckAsync("subscriptions_get", 200, "/v1/subscriptions/s");
        await CheckAsync("subscriptions_get", 404, "/v1/subscriptions/nobody");
        await CheckAsync("subscriptions_get", 401, "/v1/subscriptions/s", null, ("Authorization", "Bearer wrong"));
        await CheckAsync("subscriptions_uncancel", 412, "/v1/subscriptions/s/uncancel", "{}", ("If-Match", "\"1\""));
        await CheckAsync("subscriptions_cancel", 200, "/v1/subscriptions/s/cancel", """{"at":"period_end"}""");
        await CheckAsync(
            "subscriptions_update", 200, "/v1/subscriptions/s", """{"metadata":{"k":"v"}}""",
            ("If-Match", "*"), ("Idempotency-Key", "two"));
        await CheckAsync("subscriptions_list", 200, "/v1/subscriptions");
        await CheckAsync("subscriptions_list_invoices", 200, "/v1/subscriptions/s/invoices");
        await CheckAsync("events_list", 200, "/v1/events");
        await CheckAsync("products_create", 201, "/v1/products", """{"seller_id":"acme","name":"Silver"}""");
        await CheckAsync("products_get", 200, "/v1/products/gold_product");
        await CheckAsync("offers_get", 200, "/v1/offers/gold_offer");
        await CheckAsync("offers_create", 201, "/v1/offers", """{"plan_id":"gold_plan","amount":990,"currency":"BRL"}""");
        await CheckAsync("api_keys_create", 201, "/v1/api-keys", """{"role":"admin"}""");
        await CheckAsync("commands_run", 200, "/v1/commands", """{"type":"uncancel","subscription_id":"s"}""");
        await CheckAsync("health_ready", 200, "/health/ready", null, ("Authorization", "Bearer none"));

        async Task CheckAsync(string id, int status, string path, string? body = null, params (string Name, string Value)[] headers)
        {
            var operation = api.Operations.Single(one => one.Id == id);
            using var request = new HttpRequestMessage(new HttpMethod(operation.Method), path);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(operation.BodyType!);
            }

            foreach (var (name, value) in headers)
            {
                request.Headers.Add(name, value);
                if (name != "Authorization")
                    Assert.Contains(operation.Parameters, one => (string)one["name"]! == name && (string)one["in"]! == "header");
            }

            var reply = (await gateway.Admin.SendAsync(request)).Expect(status);
            var known = api.Root["components"]!["headers"]!.AsObject().Select(pair => pair.Key).ToList();
            var declared = (operation.Json["responses"]![$"{status}"]!["headers"] as JsonObject ?? []).Select(pair => pair.Key).ToList();
            var sent = known.Where(name => reply.Headers.Contains(name)).ToList();
            Assert.True(!sent.Except(declared).Any(), $"{id} {status} does not declare {string.Join(", ", sent.Except(declared))}");
            var absent = declared.Except(Sometimes).Except(sent).ToList();
            Assert.True(absent.Count == 0, $"{id} {status} declares {string.Join(", ", absent)}");
        }
    }

    [Fact]
    public async Task Conditions_are_declared_where_they_count()
    {
        await using var gateway = await TestGateway.StartAsync();
        var api = await DescribedApi.ReadAsync(gateway);
        var taking = (string header) => api.Operations
            .Where(one => one.Parameters.Any(parameter => (string)parameter["name"]! == header)).Select(one => one.Id).ToList();
        Assert.Equal(["subscriptions_create"], taking("Prefer"));
        Assert.Contains("offers_add_version", taking("If-Match"));
        Assert.Contains("subscriptions_refund_invoice", taking("If-Match"));
        Assert.All(taking("If-Match"), id => Assert.Contains(
            "412", api.Operations.Single(one => one.Id == id).Json["responses"]!.AsObject().Select(pair => pair.Key)));
        Assert.DoesNotContain(taking("If-Match"), id => id.Contains("preview", StringComparison.Ordinal));
    }
}
