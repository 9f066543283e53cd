using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>The examples of the API description are requests that work, and answers as a real server gives them.</summary>
public sealed class ExampleTests
{
    /// <summary>The number of a document in the seller's series: null until it is assigned, shortly after.</summary>
    private const string Later = "number";

    [Fact]
    public async Task A_real_server_answers_the_examples_as_the_examples_say()
    {
        await using var gateway = await TestGateway.StartAsync();
        var api = await DescribedApi.ReadAsync(gateway);
        var story = new ExampleStory();
        var answers = new List<JsonNode?>();
        var wrong = new List<string>();
        foreach (var step in story.Steps)
        {
            var answer = await story.TellAsync(gateway, api, step);
            answers.Add(answer);
            Compare((string)step["operation"]!, step["answer"], answer, wrong);
        }

        if (Environment.GetEnvironmentVariable("RECORD_EXAMPLES") is not null) story.Write(answers);
        else Assert.True(wrong.Count == 0, $"RECORD_EXAMPLES=1 writes the answers anew.\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public async Task Every_operation_has_an_example_of_its_request_and_of_its_answer()
    {
        await using var gateway = await TestGateway.StartAsync();
        var api = await DescribedApi.ReadAsync(gateway);
        var schemas = new JsonSchemas(api.Schemas);
        foreach (var operation in api.Operations)
        {
            if (operation.Body is { } body && TakesFields(body)) CheckAll(operation, body);
            var (status, response) = operation.Json["responses"]!.AsObject().First(one => one.Key[0] == '2');
            if (response!["content"]?.AsObject().Single() is { Key: "application/json" or "application/x-ndjson", Value: { } media })
                CheckAll(operation, media.AsObject());
            Assert.All(
                operation.Parameters.Where(parameter => (string?)parameter["in"] == "path"),
                parameter => Assert.NotNull(parameter["example"]));
        }

        // A body without fields is left out.
        bool TakesFields(JsonObject media) => api.Resolve(media["schema"]!.AsObject()) is var schema &&
            (schema["properties"] is JsonObject { Count: > 0 } || schema["oneOf"] is not null);

        void CheckAll(DescribedOperation operation, JsonObject media)
        {
            var examples = media["examples"] is JsonObject many ? many.Select(one => one.Value!["value"]).ToList() : [media["example"]];
            Assert.All(examples, example =>
            {
                Assert.True(example is not null, operation.Id);
                var fault = schemas.Mismatch(media["schema"]!, example);
                Assert.True(fault is null, $"{operation.Id}: {fault}");
            });
        }
    }

    /// <summary>The same fields with values of the same kinds. Of lists, the first entries are compared.</summary>
    private static void Compare(string where, JsonNode? expected, JsonNode? actual, List<string> wrong)
    {
        if (KindOf(expected) != KindOf(actual)) wrong.Add($"{where} is {KindOf(actual)} instead of {KindOf(expected)}");
        else if (expected is JsonObject fields)
        {
            var others = actual!.AsObject();
            foreach (var name in fields.Select(field => field.Key).Union(others.Select(field => field.Key)))
            {
                if (!fields.ContainsKey(name)) wrong.Add($"{where}.{name} is not in the example");
                else if (!others.ContainsKey(name)) wrong.Add($"{where}.{name} is only in the example");
                else if (name != Later) Compare($"{where}.{name}", fields[name], others[name], wrong);
            }
        }
        else if (expected is JsonArray list && list.Count > 0 && actual!.AsArray().Count > 0)
            Compare($"{where}[0]", list[0], actual.AsArray()[0], wrong);
    }

    private static string KindOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        { } kind => kind.ToString(),
    };
}
