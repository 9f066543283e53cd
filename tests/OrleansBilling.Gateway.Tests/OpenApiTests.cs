using System.Text.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The API description has every route with its parameters and answers.</summary>
public sealed class OpenApiTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    /// <summary>Every call of the HTTP contract that is served so far.</summary>
    public static TheoryData<string, string> Table => new()
    {
        { "post", "/v1/products" },
        { "get", "/v1/products" },
        { "get", "/v1/products/{id}" },
        { "patch", "/v1/products/{id}" },
        { "post", "/v1/products/{id}/archive" },
        { "post", "/v1/products/{id}/unarchive" },
        { "post", "/v1/plans" },
        { "get", "/v1/plans" },
        { "get", "/v1/plans/{id}" },
        { "patch", "/v1/plans/{id}" },
        { "post", "/v1/plans/{id}/archive" },
        { "post", "/v1/plans/{id}/unarchive" },
        { "post", "/v1/offers" },
        { "put", "/v1/offers/{id}" },
        { "get", "/v1/offers" },
        { "get", "/v1/offers/{id}" },
        { "post", "/v1/offers/{id}/archive" },
        { "post", "/v1/offers/{id}/unarchive" },
        { "post", "/v1/coupons" },
        { "get", "/v1/coupons" },
        { "get", "/v1/coupons/{id}" },
        { "patch", "/v1/coupons/{id}" },
        { "post", "/v1/coupons/{id}/end" },
        { "post", "/v1/coupons/{id}/archive" },
        { "post", "/v1/coupons/{id}/unarchive" },
        { "post", "/v1/subscriptions" },
        { "get", "/v1/subscriptions" },
        { "get", "/v1/subscriptions/{id}" },
        { "patch", "/v1/subscriptions/{id}" },
        { "post", "/v1/subscriptions/{id}/cancel" },
        { "post", "/v1/subscriptions/{id}/uncancel" },
        { "post", "/v1/subscriptions/{id}/reactivate" },
        { "post", "/v1/subscriptions/{id}/retry" },
        { "post", "/v1/subscriptions/{id}/end-trial" },
        { "post", "/v1/subscriptions/{id}/extend-trial" },
        { "post", "/v1/subscriptions/{id}/payment-method" },
        { "post", "/v1/subscriptions/{id}/change-plan" },
        { "post", "/v1/subscriptions/{id}/change-plan/preview" },
        { "post", "/v1/subscriptions/{id}/undo-plan-change" },
        { "post", "/v1/subscriptions/{id}/pause" },
        { "post", "/v1/subscriptions/{id}/resume" },
        { "post", "/v1/subscriptions/{id}/billing-date" },
        { "post", "/v1/subscriptions/{id}/billing-date/preview" },
        { "post", "/v1/subscriptions/{id}/apply-coupon" },
        { "post", "/v1/subscriptions/{id}/give" },
        { "post", "/v1/subscriptions/{id}/usage" },
        { "get", "/v1/subscriptions/{id}/usage" },
        { "post", "/v1/subscriptions/{id}/messages" },
        { "get", "/v1/subscriptions/{id}/messages" },
        { "post", "/v1/subscriptions/{id}/voucher" },
        { "post", "/v1/subscriptions/{id}/retention" },
        { "post", "/v1/subscriptions/{id}/retention/accept" },
        { "post", "/v1/subscriptions/{id}/invoices/{number}/refund" },
        { "get", "/v1/subscriptions/{id}/invoices" },
        { "get", "/v1/invoices" },
        { "get", "/v1/invoices/{id}" },
        { "post", "/v1/invoices/{id}/retry" },
        { "get", "/v1/credit-notes" },
        { "get", "/v1/chargebacks" },
        { "get", "/v1/subscriptions/{id}/credit-notes" },
        { "get", "/v1/subscriptions/{id}/chargebacks" },
        { "get", "/v1/subscriptions/{id}/events" },
        { "post", "/v1/commands" },
        { "post", "/v1/payments/confirm" },
        { "post", "/v1/payments/chargebacks" },
        { "get", "/v1/balances" },
        { "get", "/v1/balances/{id}/entries" },
        { "get", "/v1/quarantine" },
        { "get", "/v1/cluster" },
        { "post", "/v1/quarantine/{id}/release" },
        { "get", "/v1/subscriptions/{id}/upcoming-invoice" },
        { "put", "/v1/sellers/{id}" },
        { "get", "/v1/sellers/{id}" },
        { "put", "/v1/sellers/{id}/logo" },
        { "get", "/v1/sellers/{id}/logo" },
        { "delete", "/v1/sellers/{id}/logo" },
        { "post", "/v1/customers" },
        { "get", "/v1/customers" },
        { "get", "/v1/customers/{id}" },
        { "patch", "/v1/customers/{id}" },
        { "get", "/v1/customers/{id}/entitlements" },
        { "get", "/v1/search" },
        { "post", "/v1/webhook-endpoints" },
        { "get", "/v1/webhook-endpoints" },
        { "get", "/v1/webhook-endpoints/{id}" },
        { "patch", "/v1/webhook-endpoints/{id}" },
        { "delete", "/v1/webhook-endpoints/{id}" },
        { "post", "/v1/webhook-endpoints/{id}/rotate-secret" },
        { "post", "/v1/webhook-endpoints/{id}/test" },
        { "post", "/v1/webhook-endpoints/{id}/replay" },
        { "get", "/v1/webhook-endpoints/{id}/deliveries" },
        { "get", "/v1/events" },
        { "get", "/v1/messages" },
        { "post", "/v1/messages/remove" },
        { "get", "/v1/statistics/cancellations" },
        { "get", "/v1/statistics/cancellations/monthly" },
        { "get", "/v1/statistics/cancellations/origins" },
        { "get", "/v1/statistics/cancellations/daily" },
        { "get", "/v1/statistics/summary" },
        { "post", "/v1/simulations" },
        { "get", "/v1/simulations" },
        { "get", "/v1/simulations/{id}" },
        { "delete", "/v1/simulations/{id}" },
        { "get", "/v1/statistics/mrr-movements" },
        { "get", "/v1/statistics/forecast" },
        { "get", "/v1/statistics/cohorts" },
        { "get", "/v1/statistics/retention" },
        { "get", "/v1/statistics/reasons" },
        { "get", "/v1/statistics/affiliates" },
        { "get", "/v1/clock" },
        { "post", "/v1/clock/advance" },
        { "post", "/v1/api-keys" },
        { "get", "/v1/api-keys" },
        { "get", "/v1/api-keys/{id}" },
        { "delete", "/v1/api-keys/{id}" },
        { "post", "/v1/customer-tokens" },
        { "post", "/v1/console-links" },
        { "post", "/v1/console-sessions" },
        { "delete", "/v1/console-sessions" },
        { "delete", "/v1/console-sessions/current" },
        { "get", "/" },
        { "get", "/health/live" },
        { "get", "/health/ready" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Every_call_of_the_table_is_described(string method, string path)
    {
        var operation = (await ReadAsync()).GetProperty("paths").GetProperty(path).GetProperty(method);
        Assert.False(string.IsNullOrEmpty(operation.GetProperty("summary").GetString()));

        var responses = operation.GetProperty("responses").EnumerateObject().ToList();
        Assert.Contains(responses, response => response.Name.StartsWith('2'));
        Assert.All(responses.Where(response => response.Name[0] is '4' or '5'), response =>
            Assert.Equal(
                "#/components/schemas/Problem",
                response.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref")
                    .GetString()));
        Assert.All(responses.Where(response => response.Name[0] == '2' && response.Name != "204"), response =>
            Assert.NotEmpty(response.Value.GetProperty("content").EnumerateObject()));

        if (method is "post" or "put" or "patch")
            Assert.NotEmpty(operation.GetProperty("requestBody").GetProperty("content").EnumerateObject());
        if (path.Contains("{id}", StringComparison.Ordinal))
            Assert.Contains(ParametersOf(operation), parameter => parameter == ("id", "path"));
        if (path.Contains("{number}", StringComparison.Ordinal))
            Assert.Contains(ParametersOf(operation), parameter => parameter == ("number", "path"));
        if (path.StartsWith("/v1", StringComparison.Ordinal))
            Assert.True(operation.GetProperty("security")[0].TryGetProperty("bearer", out _));
    }

    [Fact]
    public async Task Nothing_is_described_that_is_not_in_the_table()
    {
        var described = (await ReadAsync()).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (method.Name, path.Name)));
        Assert.Equal(Table.Select(row => row.Data).Order(), described.Order());
    }

    [Fact]
    public async Task Schemas_tell_names_formats_and_values_as_they_are_sent()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");
        Assert.Equal(["canceled", "trialing"], Names("SubscriptionStatus").Where(name => name is "canceled" or "trialing"));
        var subscription = schemas.GetProperty("Subscription").GetProperty("properties");
        Assert.Equal("date-time", subscription.GetProperty("created_at").GetProperty("format").GetString());
        Assert.True(subscription.TryGetProperty("next_billing_at", out _));
        Assert.Equal(
            ["seller_id", "name"],
            schemas.GetProperty("ProductBody").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.False(schemas.GetProperty("ProductBody").GetProperty("additionalProperties").GetBoolean());

        Assert.Equal(
            "number", schemas.GetProperty("TaxRateBody").GetProperty("properties").GetProperty("percent").GetProperty("type").GetString());
        Assert.Equal(
            "date", schemas.GetProperty("BillingDateBody").GetProperty("properties").GetProperty("date").GetProperty("format").GetString());
        Assert.Equal(["graduated", "package", "per_unit", "volume"], Names("MeterPricing"));

        // Sums over many subscriptions may exceed 64 bits. Amounts of one subscription do not.
        var balance = schemas.GetProperty("Balance").GetProperty("properties").GetProperty("amount");
        Assert.Equal("integer", balance.GetProperty("type").GetString());
        Assert.False(balance.TryGetProperty("format", out _));
        Assert.Contains("2^63", balance.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("int64", subscription.GetProperty("amount").GetProperty("format").GetString());

        IEnumerable<string?> Names(string name) =>
            schemas.GetProperty(name).GetProperty("enum").EnumerateArray().Select(value => value.GetString()).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Every_field_has_a_type_and_every_request_is_closed()
    {
        foreach (var schema in (await ReadAsync()).GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("properties", out var properties)) continue;
            Assert.All(properties.EnumerateObject(), field => Assert.True(
                field.Value.TryGetProperty("type", out _) || field.Value.TryGetProperty("$ref", out _) ||
                    field.Value.TryGetProperty("oneOf", out _), $"{schema.Name}.{field.Name}"));
            var closed = schema.Name.EndsWith("Body", StringComparison.Ordinal) || schema.Name.EndsWith("Line", StringComparison.Ordinal);
            if (!closed || schema.Name == "InvoiceLine") continue;

            // The framework does not describe lists that are nullable structs.
            Assert.True(
                schema.Value.TryGetProperty("additionalProperties", out var more),
                $"{schema.Name} is open; is it in an ImmutableArray that may be null? An IReadOnlyList is described.");
            Assert.False(more.GetBoolean(), schema.Name);
        }
    }

    [Fact]
    public async Task Descriptions_are_one_line_each()
    {
        var descriptions = DescriptionsIn(await ReadAsync()).ToList();
        Assert.True(descriptions.Count > 100, $"{descriptions.Count} descriptions");
        Assert.DoesNotContain(
            descriptions, text => text.AsSpan().ContainsAny('\n', '\r') || text.Contains("  ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusals_that_are_easily_forgotten_are_described()
    {
        var paths = (await ReadAsync()).GetProperty("paths");
        Assert.All(
            paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Where(method => method.Name is "post" or "put"),
            method =>
            Assert.True(method.Value.GetProperty("responses").TryGetProperty("408", out _)));
        Assert.True(paths.GetProperty("/v1/statistics/retention").GetProperty("get").GetProperty("responses").TryGetProperty("404", out _));
        Assert.True(paths.GetProperty("/v1/clock").GetProperty("get").GetProperty("responses").TryGetProperty("409", out _));
    }

    [Fact]
    public async Task The_idempotency_key_is_described_wherever_it_is_taken()
    {
        foreach (var path in (await ReadAsync()).GetProperty("paths").EnumerateObject())
        {
            if (!path.Value.TryGetProperty("post", out var post)) continue;
            var taken = path.Name != "/v1/commands" && !path.Name.StartsWith("/v1/console-", StringComparison.Ordinal) &&
                !path.Name.EndsWith("/preview", StringComparison.Ordinal);
            Assert.Equal(taken, ParametersOf(post).Contains(("Idempotency-Key", "header")));
        }

        // The patch of a subscription is its command. Other patches may be repeated as they are.
        var patches = (await ReadAsync()).GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("patch", out _));
        Assert.Equal(
            ["/v1/subscriptions/{id}"],
            patches.Where(path => ParametersOf(path.Value.GetProperty("patch")).Contains(("Idempotency-Key", "header")))
                .Select(path => path.Name));
    }

    private static List<(string, string)> ParametersOf(JsonElement operation) => operation.TryGetProperty("parameters", out var parameters)
        ? [.. parameters.EnumerateArray()
            .Select(parameter => (parameter.GetProperty("name").GetString()!, parameter.GetProperty("in").GetString()!))]
        : [];

    private static IEnumerable<string> DescriptionsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field =>
            field is { Name: "description" or "summary", Value.ValueKind: JsonValueKind.String }
                ? [field.Value.GetString()!]
                : DescriptionsIn(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(DescriptionsIn),
        _ => [],
    };

    private async Task<JsonElement> ReadAsync() => (await shared.Gateway.As(null).GetAsync("/openapi/v1.json")).Expect(200).Json;
}
