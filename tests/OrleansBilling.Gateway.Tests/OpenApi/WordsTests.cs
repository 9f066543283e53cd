using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>Everything in the API description has a name that generators can use, and words that people can read.</summary>
public sealed partial class WordsTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task Every_operation_has_an_id_a_tag_a_summary_and_a_description()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        Assert.All(api.Operations, operation =>
        {
            Assert.Matches(OperationId(), operation.Id);
            Assert.Single(operation.Json["tags"]!.AsArray());
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Json["summary"]), operation.Id);
            Assert.False(string.IsNullOrWhiteSpace((string?)operation.Json["description"]), operation.Id);
        });
        Assert.Equal(api.Operations.Count, api.Operations.Select(operation => operation.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(api.Operations, operation => operation.Id == "subscriptions_cancel");
    }

    [Fact]
    public async Task Every_tag_is_used_and_described()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        var tags = api.Root["tags"]!.AsArray();
        Assert.All(tags, tag => Assert.False(string.IsNullOrWhiteSpace((string?)tag!["description"])));
        Assert.Equal(
            api.Operations.Select(operation => (string)operation.Json["tags"]![0]!).Distinct().Order(StringComparer.Ordinal),
            tags.Select(tag => (string)tag!["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_document_names_its_version_licence_and_server()
    {
        var root = (await DescribedApi.ReadAsync(shared.Gateway)).Root;
        Assert.Matches(@"^\d+\.\d+\.\d+$", (string)root["info"]!["version"]!);
        Assert.False(string.IsNullOrWhiteSpace((string?)root["info"]!["license"]!["name"]));
        Assert.Equal("/", (string?)Assert.Single(root["servers"]!.AsArray())!["url"]);
    }

    [Fact]
    public async Task Every_schema_field_and_parameter_has_a_description()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        var silent = api.Schemas.Where(schema => IsSilent(schema.Value!)).Select(schema => schema.Key)
            .Concat(
                from schema in api.Schemas
                from field in schema.Value!["properties"]?.AsObject() ?? []
                where IsSilent(field.Value!)
                select $"{schema.Key}.{field.Key}")
            .Concat(
                from operation in api.Operations
                from parameter in operation.Parameters
                where IsSilent(parameter)
                select $"{operation.Id} {parameter["name"]}");
        Assert.Empty(silent);
    }

    [Fact]
    public async Task No_enum_is_null_itself()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        Assert.All(
            api.Schemas.Where(schema => schema.Value!["enum"] is not null), schema =>
                Assert.Equal("string", schema.Value!["type"]!.ToJsonString().Trim('"')));
    }

    private static bool IsSilent(JsonNode described) => string.IsNullOrWhiteSpace((string?)described["description"]);

    [GeneratedRegex("^[a-z]+(_[a-z]+)+$")]
    private static partial Regex OperationId();
}
