using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>
/// Adds examples to operations. They are one story, in the order in which it was told to a real server that wrote the answers:
/// examples.json. ExampleTests tells it again and compares; with RECORD_EXAMPLES=1 it writes the answers anew.
/// </summary>
internal static class ExampleDescription
{
    private const string Resource = "examples.json";

    public static void Describe(OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(one => one.Name == IdempotencyHeader.Name))
            parameter.Example = "order-4711";
        var steps = Story.Value[operation.OperationId!].ToList();
        if (steps.Find(step => (int)step["status"]! < 300) is { } good) DescribeRequest(operation, good);
        foreach (var step in steps.DistinctBy(step => (int)step["status"]!)) DescribeAnswer(operation, step);
    }

    private static Lazy<ILookup<string, JsonObject>> Story { get; } = new(() =>
    {
        using var stream = typeof(ExampleDescription).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the program.");
        return JsonNode.Parse(stream)!.AsArray().Select(step => step!.AsObject())
            .ToLookup(step => (string)step["operation"]!, StringComparer.Ordinal);
    });

    private static void DescribeRequest(OpenApiOperation operation, JsonObject step)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if ((step["path"]?[parameter.Name!] ?? step["query"]?[parameter.Name!]) is { } value) parameter.Example = value.DeepClone();
        }

        if (operation.RequestBody?.Content?.Values.FirstOrDefault() is not OpenApiMediaType body) return;
        if (step["lines"] is JsonArray lines)
            body.Examples = lines.ToDictionary(
                line => (string)line!["type"]!, IOpenApiExample (line) => new OpenApiExample { Value = line!.DeepClone() });
        else body.Example = step["body"]?.DeepClone();
    }

    private static void DescribeAnswer(OpenApiOperation operation, JsonObject step)
    {
        if (!operation.Responses!.TryGetValue($"{(int)step["status"]!}", out var response)) return;
        if (step["answer"] is { } answer && response.Content?.Values.FirstOrDefault() is OpenApiMediaType media)
            media.Example = (answer is JsonArray lines ? lines[0]! : answer).DeepClone();
    }
}
