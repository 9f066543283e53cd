using System.Text.Json;
using OrleansBilling.Fuzz.Tests.Api;
using OrleansBilling.Fuzz.Tests.Generation;
using OrleansBilling.Gateway.Tests.OpenApi;

namespace OrleansBilling.Fuzz.Tests.Checks;

/// <summary>Checks an answer against the OpenAPI document: status, media type, schema and unique field names.</summary>
internal sealed class AnswerCheck(ApiDocument document)
{
    private const string Problem = "application/problem+json";
    private const string Lines = "application/x-ndjson";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonSchemas schemas = new(document.Root["components"]!["schemas"]!.AsObject());

    /// <summary>Describes what is wrong with the answer, or null.</summary>
    public string? Fault(FuzzRequest request, Answer answer)
    {
        if (!answer.NoSniff) return "no X-Content-Type-Options";
        if (answer.Status >= 500 && !(answer.Status == 503 && answer.RetryAfter)) return "a fault of the server";
        if (request.Method != request.Operation.Method) return FaultOfOtherMethod(answer);
        if (!request.Operation.Statuses.Contains(answer.Status)) return "a status that is not described";
        if (answer.Status == 204) return answer.Text.Length == 0 ? null : "a body where there is none";
        if (answer.Status >= 400)
            return answer.MediaType == Problem ? FaultOf(request, answer.Status, Problem, answer.Text) : "an error that is no problem+json";
        return answer.MediaType == Lines
            ? answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => FaultOf(request, answer.Status, Lines, line) ?? FaultOfLine(line))
                .FirstOrDefault(fault => fault is not null)
            : FaultOf(request, answer.Status, answer.MediaType ?? "", answer.Text);
    }

    private static string? FaultOfOtherMethod(Answer answer) => answer switch
    {
        { Status: 404 or 405, MediaType: Problem } => null,
        { Status: < 400 } => null,
        { MediaType: Problem } => null,
        _ => "a wrong method that is not told so",
    };

    private string? FaultOf(FuzzRequest request, int status, string mediaType, string text)
    {
        if (document.AnswerSchema(request.Operation, status, mediaType) is not { } schema) return $"no schema for {status} {mediaType}";
        if (mediaType.StartsWith("image/", StringComparison.Ordinal)) return text.Length > 0 ? null : "a picture without a byte";
        try
        {
            using var parsed = JsonDocument.Parse(text, Strict);
            if (schemas.Mismatch(schema, parsed.RootElement) is { } mismatch) return $"a body that does not match its schema: {mismatch}";
            return mediaType == Problem &&
                parsed.RootElement.GetProperty("status").GetInt32() != status ? "a problem with another status than its answer" : null;
        }
        catch (JsonException e)
        {
            return $"a body that strict JSON does not read: {e.Message}";
        }
    }

    private static string? FaultOfLine(string line)
    {
        using var parsed = JsonDocument.Parse(line);
        return parsed.RootElement.GetProperty("status").GetInt32() >= 500 ? "a line that failed by a fault of the server" : null;
    }
}
