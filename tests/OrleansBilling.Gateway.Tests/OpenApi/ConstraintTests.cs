using System.Text.Json.Nodes;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>
/// The limits in the API description are those of the validation. Every limit of every request is probed on a real server: what is
/// just within it is not refused for it, and what is just beyond is.
/// </summary>
public sealed class ConstraintTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    /// <summary>The codes that refuse a value for its form or its size.</summary>
    private static readonly string[] Limits =
    [
        "out_of_range", "too_long", "empty", "invalid_text", "invalid_id", "invalid_token", "invalid_reason", "invalid_email",
        "invalid_locale", "unknown_currency", "unknown_country", "required", "wrong_type", "invalid_idempotency_key",
    ];

    /// <summary>Fields whose values are looked up or parsed, compared with what is stored, or that may be anything.</summary>
    private static readonly string[] Free =
    [
        "ProductBody.time_zone", "SellerBody.time_zone", "ConfirmPaymentBody.key", "ChargebackBody.key", "RetentionBody.seed",
        "SimulationBody.seed", "OfferVersionBody.currency", "OfferVersionBody.plan_id", "ProductPatchBody.seller_id",
        "ProductPatchBody.time_zone", "PlanPatchBody.product_id", "PlanPatchBody.recurrences", "PlanPatchBody.installments",
        "CouponPatchBody.code", "CouponPatchBody.seller_id", "CouponPatchBody.product_id", "CouponPatchBody.plan_ids",
        "CouponPatchBody.percent", "CouponPatchBody.amount", "CouponPatchBody.currency", "CouponPatchBody.recurrences",
    ];

    /// <summary>What is changed must exist, and its values are compared with the present ones.</summary>
    private static readonly Dictionary<string, string> Edited = new(StringComparer.Ordinal)
    {
        ["/v1/offers/{id}"] = "gold_offer", ["/v1/products/{id}"] = "gold_product", ["/v1/plans/{id}"] = "gold_plan",
        ["/v1/coupons/{id}"] = "gold_coupon", ["/v1/webhook-endpoints/{id}"] = "gold_hook",
        ["/v1/customers/{id}"] = "alice",
    };

    [Fact]
    public async Task Every_limit_of_a_body_is_the_one_of_the_validation()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        (await shared.Gateway.Admin.PostAsync(
            "/v1/coupons", """{"id":"gold_coupon","seller_id":"acme","percent":1,"duration":"once"}""")).Expect(201);
        (await shared.Gateway.Admin.PostAsync(
            "/v1/webhook-endpoints", """{"id":"gold_hook","url":"https://example.com/hook","enabled":false}""")).Expect(201);
        var wrong = new List<string>();
        var probes = 0;
        foreach (var operation in api.Operations.Where(operation => operation.BodyType == "application/json"))
        {
            foreach (var probe in new BodyProbes(api).Of(operation))
            {
                probes++;
                var id = Edited.GetValueOrDefault(operation.Path, "nobody");
                var path = operation.Path.Replace("{id}", id, StringComparison.Ordinal)
                    .Replace("{number}", "1", StringComparison.Ordinal);

                // What an earlier patch left would exclude what this one sets.
                if (operation.Id == "products_update")
                    (await shared.Gateway.Admin.SendAsync(HttpMethod.Patch, path, """{"loyalty":null,"retention":null}""")).Expect(200);
                var reply = await shared.Gateway.Admin.SendAsync(new HttpMethod(operation.Method), path, probe.Body);
                var refused = reply.Status is 400 or 422 && reply.Field == probe.Field && Limits.Contains(reply.Code);
                if (refused == probe.Within)
                    wrong.Add(
                        $"{operation.Id} {probe.Field}, {(probe.Within ? "within" : "beyond")} {probe.Limit}: {reply.Text} to " +
                        probe.Body[..Math.Min(200, probe.Body.Length)]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(probes > 300, $"{probes} probes");
    }

    [Fact]
    public async Task Every_number_text_and_list_of_a_body_has_a_limit()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        var free =
            from schema in api.Schemas
            where schema.Key.EndsWith("Body", StringComparison.Ordinal)
            from field in schema.Value!["properties"]?.AsObject() ?? []
            where !Free.Contains($"{schema.Key}.{field.Key}") && !IsLimited(api.Resolve(field.Value!.AsObject()))
            select $"{schema.Key}.{field.Key}";
        Assert.Empty(free);
    }

    private static bool IsLimited(JsonObject schema) => DescribedApi.TypeOf(schema) switch
    {
        "string" => schema["maxLength"] is not null || schema["enum"] is not null || schema["format"] is not null ||
            schema["const"] is not null,
        "integer" or "number" => schema["minimum"] is not null,
        "array" => schema["maxItems"] is not null,
        _ => true,
    };
}
