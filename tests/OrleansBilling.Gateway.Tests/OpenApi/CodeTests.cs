using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>The API description has every code of an error and every type of an event.</summary>
public sealed partial class CodeTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    /// <summary>Codes that are made of the name of a thing, or that a constant has.</summary>
    private static readonly string[] Composed =
    [
        "coupon_exists", "customer_exists", "customer_not_found", "key_not_found", "not_stored", "offer_exists", "period_not_found",
        "plan_exists", "plan_not_found", "product_exists", "product_not_found", "seller_not_found", "simulation_not_found",
        "webhook_endpoint_exists", "webhook_endpoint_not_found",
    ];

    [Fact]
    public void Every_code_that_the_source_names_is_listed_and_no_other()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("PaymentSimulator", StringComparison.Ordinal) &&
                !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var named = sources.SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value))
            .Concat(Composed).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(named, ErrorCodes.All);
    }

    [Fact]
    public async Task Problems_and_events_refer_to_their_codes()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        Assert.Equal(ErrorCodes.All, api.Schemas["ErrorCode"]!["enum"]!.AsArray().Select(code => (string)code!));
        Assert.Contains("subscribed", api.Schemas["EventType"]!["enum"]!.AsArray().Select(code => (string?)code));
        Assert.Equal("#/components/schemas/ErrorCode", Reference("Problem", "code"));
        Assert.Equal("#/components/schemas/ErrorCode", Reference("Fault", "code"));
        Assert.Equal("#/components/schemas/ErrorCode", Reference("BulkError", "code"));
        Assert.Equal("#/components/schemas/EventType", Reference("Event", "type"));
        Assert.True((bool)api.Schemas["Problem"]!["properties"]!["detail"]!["x-ms-primary-error-message"]!);

        string? Reference(string schema, string field) => (string?)api.Schemas[schema]!["properties"]![field]!["$ref"];
    }

    [Fact]
    public async Task Answers_declare_their_headers()
    {
        var api = await DescribedApi.ReadAsync(shared.Gateway);
        var cancel = api.Operations.Single(operation => operation.Id == "subscriptions_cancel").Json["responses"]!;
        Assert.NotNull(cancel["200"]!["headers"]!["Idempotent-Replayed"]);
        Assert.NotNull(cancel["401"]!["headers"]!["WWW-Authenticate"]);
        Assert.NotNull(cancel["429"]!["headers"]!["Retry-After"]);
        Assert.NotNull(cancel["503"]!["headers"]!["Retry-After"]);
    }

    /// <summary>An error with a status, a refusal with a kind, or a command that could not be run.</summary>
    [GeneratedRegex(
        @"(?:(?:ApiError|new)\(\s*\d{3},|new\(\s*RefusalKind\.\w+,|Failed\(\s*(?:Next\.\w+|next),|" +
        @"Unavailable(?:\s+\w+\s*=\s*new)?\()\s*""(?<code>[a-z_]+)""")]
    private static partial Regex Code();
}
