using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>
/// The examples of the API description: requests in the order in which they work, with the answers. An id that ends with
/// <c>_of_the_example</c> stands for one that the server made.
/// </summary>
internal sealed partial class ExampleStory
{
    private const string Creates = "s_create";
    private const string MadeUp = "_of_the_example";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, string> made = new(StringComparer.Ordinal);

    public IReadOnlyList<JsonObject> Steps { get; } =
    [
        .. JsonNode.Parse(File.ReadAllText(Location))!.AsArray().Select(step => step!.AsObject()),
    ];

    private static string Location => Path.Combine(RepositoryFolder.Root, "src", "OrleansBilling.Gateway", "OpenApi", "examples.json");

    /// <summary>Sends a step's request. The answer is null without a body, and a list for a stream of lines.</summary>
    public async Task<JsonNode?> TellAsync(TestGateway gateway, DescribedApi api, JsonObject step)
    {
        var operation = api.Operations.Single(one => one.Id == (string)step["operation"]!);
        var reply = await SendAsync(gateway, operation, step);
        if (step["until"] is JsonObject wanted)
        {
            await Eventually.HoldsAsync(async () =>
            {
                reply = await SendAsync(gateway, operation, step);
                return wanted.All(field => IsReached(JsonNode.Parse(reply.Text)![field.Key], field.Value!));
            });
        }

        reply.Expect((int)step["status"]!);
        if (reply.Text.Length == 0 || reply.ContentType == "image/png") return null;
        if (step["lines"] is not null)
            return new JsonArray([.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))]);
        var answer = JsonNode.Parse(reply.Text)!;
        if (operation.Id.EndsWith(Creates, StringComparison.Ordinal) && answer["id"] is { } id && step["body"]!["id"] is null)
            made[operation.Id[..^Creates.Length] + MadeUp] = (string)id!;
        return answer;
    }

    /// <summary>Writes the story with these answers. What another run would make otherwise gets a name that shows that.</summary>
    public void Write(IReadOnlyList<JsonNode?> answers)
    {
        var story = new JsonArray();
        foreach (var (step, answer) in Steps.Zip(answers))
        {
            var told = step.DeepClone().AsObject();
            if (answer is null) told.Remove("answer");
            else if (!IsEmptyPage(answer) || told["answer"] is null) told["answer"] = answer.DeepClone();
            story.Add(told);
        }

        var text = story.ToJsonString(Written);
        foreach (var (name, id) in made) text = text.Replace(id, name, StringComparison.Ordinal);
        text = Secret().Replace(text, "$1_secret" + MadeUp);
        text = SigningSecret().Replace(text, "whsec_dGhlX3NlY3JldF9vZl90aGVfZXhhbXBsZV9fX19fX18=");
        File.WriteAllText(Location, Commit().Replace(text, "") + "\n");
    }

    /// <summary>Whether a list has nothing to show in this story; then what it would show is told by hand.</summary>
    private static bool IsEmptyPage(JsonNode answer) => answer is JsonObject page && page["data"] is JsonArray { Count: 0 };

    private async Task<Reply> SendAsync(TestGateway gateway, DescribedOperation operation, JsonObject step)
    {
        var path = operation.Path;
        foreach (var (name, value) in step["path"]?.AsObject() ?? [])
            path = path.Replace($"{{{name}}}", Made(Text(value)), StringComparison.Ordinal);
        var query = string.Join(
            '&', (step["query"]?.AsObject() ?? []).Select(field => $"{field.Key}={Uri.EscapeDataString(Text(field.Value))}"));
        if (query.Length > 0) path += "?" + query;
        if (step["lines"] is JsonArray lines) return await gateway.Admin.StreamAsync([.. lines.Select(line => line!.ToJsonString())]);
        if (step["picture"] is { } picture) return await gateway.Admin.PutPictureAsync(path, Convert.FromBase64String((string)picture!));
        return await gateway.Admin.SendAsync(new HttpMethod(operation.Method), path, step["body"]?.ToJsonString());
    }

    /// <summary>
    /// Whether a field has the value that a step waits for. True stands for any value, and for any entry: what a list shows a little later.
    /// </summary>
    private static bool IsReached(JsonNode? shown, JsonNode wanted) =>
        wanted.GetValueKind() == JsonValueKind.True ? shown is not null and not JsonArray { Count: 0 } : JsonNode.DeepEquals(shown, wanted);

    private string Made(string id) => id.EndsWith(MadeUp, StringComparison.Ordinal) ? made[id] : id;

    private static string Text(JsonNode? value) => Convert.ToString(
        value!.GetValueKind() == JsonValueKind.String ? (string)value! : value.ToJsonString(), CultureInfo.InvariantCulture)!;

    /// <summary>A key or token of a caller.</summary>
    [GeneratedRegex("(ob_[a-z]+)_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();

    /// <summary>What signs webhooks.</summary>
    [GeneratedRegex("whsec_[A-Za-z0-9+/]+=*")]
    private static partial Regex SigningSecret();

    /// <summary>The commit in the version of a program.</summary>
    [GeneratedRegex("\\+[0-9a-f]{40}")]
    private static partial Regex Commit();
}
