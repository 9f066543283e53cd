using System.Text.Json.Nodes;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Json;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>A line of POST /v1/commands matches the schema of its command and no other.</summary>
public sealed class CommandLineTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    public static TheoryData<string> Lines => new()
    {
        """{"type":"subscribe","offer_id":"gold_offer","customer":{"id":"alice"}}""",
        """{"type":"subscribe","subscription_id":"new","offer_id":"gold_offer","customer":{"id":"alice"},"quantity":2}""",
        """{"type":"cancel","subscription_id":"x","at":"now","reason":"no_time"}""",
        """{"type":"uncancel","subscription_id":"x"}""",
        """{"type":"reactivate","subscription_id":"x","charge_now":true}""",
        """{"type":"retry","subscription_id":"x","idempotency_key":"k"}""",
        """{"type":"end_trial","subscription_id":"x"}""",
        """{"type":"extend_trial","subscription_id":"x","days":3}""",
        """{"type":"payment_method","subscription_id":"x","token":"tok_ok"}""",
        """{"type":"change_plan","subscription_id":"x","at":"now","quantity":3}""",
        """{"type":"undo_plan_change","subscription_id":"x"}""",
        """{"type":"pause","subscription_id":"x","at":"period_end"}""",
        """{"type":"resume","subscription_id":"x"}""",
        """{"type":"billing_date","subscription_id":"x","date":"2024-03-01"}""",
        """{"type":"metadata","subscription_id":"x","metadata":{"tier":"gold","crm":null}}""",
        """{"type":"metadata","subscription_id":"x","metadata":null}""",
        """{"type":"apply_coupon","subscription_id":"x","coupon":"WELCOME"}""",
        """{"type":"give","subscription_id":"x","recurrences":1}""",
        """{"type":"usage","subscription_id":"x","events":[{"id":"e1","meter":"calls"}]}""",
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_valid_line_matches_one_schema(string line)
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        var schemas = new JsonSchemas(api.Schemas);
        Assert.Null(schemas.Mismatch(api.Schemas["CommandLine"]!, JsonNode.Parse(line)));
        Assert.Single(
            api.Schemas["CommandLine"]!["oneOf"]!.AsArray(), choice => schemas.Mismatch(choice!, JsonNode.Parse(line)) is null);
    }

    [Theory]
    [InlineData("""{"type":"cancel","subscription_id":"x"}""")]
    [InlineData("""{"type":"cancel","at":"now"}""")]
    [InlineData("""{"type":"cancel","subscription_id":"x","at":"tomorrow"}""")]
    [InlineData("""{"type":"uncancel","subscription_id":"x","at":"now"}""")]
    [InlineData("""{"type":"explode","subscription_id":"x"}""")]
    [InlineData("""{"type":"give","subscription_id":"x","recurrences":0}""")]
    [InlineData("""{"type":"metadata","subscription_id":"x","metadata":{"k":1}}""")]
    public async Task An_invalid_line_matches_none_and_is_refused(string line)
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        Assert.NotNull(new JsonSchemas(api.Schemas).Mismatch(api.Schemas["CommandLine"]!, JsonNode.Parse(line)));
        var answer = JsonNode.Parse((await shared.Gateway.Admin.StreamAsync(line)).Text)!;
        Assert.InRange((int)answer["status"]!, 400, 422);
    }

    [Fact]
    public async Task Every_command_has_a_schema_with_its_own_type()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        var mapping = api.Schemas["CommandLine"]!["discriminator"]!["mapping"]!.AsObject();
        Assert.Equal(EnumNames<BulkType>.Names, mapping.Select(pair => pair.Key));
        Assert.All(mapping, pair =>
        {
            var schema = api.Schemas[((string)pair.Value!).Split('/')[^1]]!;
            Assert.Equal(pair.Key, (string?)schema["properties"]!["type"]!["const"]);
        });
    }
}
