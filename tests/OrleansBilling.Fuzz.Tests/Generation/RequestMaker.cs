using System.Text;
using System.Text.Json.Nodes;
using OrleansBilling.Fuzz.Tests.Api;
using OrleansBilling.Fuzz.Tests.Book;

namespace OrleansBilling.Fuzz.Tests.Generation;

/// <summary>Makes requests: all operations equally often, mostly with values that can succeed, some mutated somewhere.</summary>
internal sealed class RequestMaker
{
    private const int SpoiledPercent = 35;
    private const int LinesMax = 6;

    private static readonly string?[] OddContentTypes = [
        null, "text/plain", "application/json; charset=utf-16", "application/xml", "nonsense"];
    private static readonly string[] OtherMethods = ["PATCH", "DELETE", "PUT", "OPTIONS"];

    /// <summary>A PNG of four pixels.</summary>
    private static readonly byte[] SmallPicture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGMwdpkJRAwQCgAcNgRBxqN6HQAAAABJRU5ErkJggg==");

    private readonly ApiDocument document;
    private readonly Dice dice;
    private readonly SeededBook book;
    private readonly FieldHints hints;
    private readonly BodyMaker bodies;
    private readonly Mutation mutation;
    private int number;

    public RequestMaker(ApiDocument document, Dice dice, SeededBook book)
    {
        this.document = document;
        this.dice = dice;
        this.book = book;
        hints = new FieldHints(dice, book);
        bodies = new BodyMaker(document, dice, hints);
        mutation = new Mutation(dice);
    }

    public FuzzRequest Next()
    {
        // In turn, so that the first few hundred requests cover every operation.
        var operation = document.Operations[number % document.Operations.Count];
        var spoiled = dice.Percent(SpoiledPercent);
        var (caller, key) = spoiled && dice.Percent(10) ? dice.Of(book.BadKeys) : dice.Of(book.Keys);
        var method = spoiled && dice.Percent(3) ? dice.Of(OtherMethods) : operation.Method;
        var takesKey = operation.Parameters.Any(parameter => parameter.Place == "header");
        var idempotencyKey = takesKey && dice.Percent(25) ? $"key-{dice.Below(60)}" : null;
        var body = operation.Body is null ? null : BodyOf(operation, spoiled);
        var contentType = spoiled && dice.Percent(5) ? dice.Of(OddContentTypes) : operation.ContentType;
        return new FuzzRequest(
            ++number, operation, method, PathOf(operation, spoiled) + QueryOf(operation, spoiled), caller, key, idempotencyKey, contentType,
            body);
    }

    private byte[]? BodyOf(ApiOperation operation, bool spoiled)
    {
        if (operation.ContentType!.Contains("ndjson", StringComparison.Ordinal)) return LinesOf(operation);
        if (operation.ContentType.StartsWith("image/", StringComparison.Ordinal)) return PictureOf(spoiled);
        var body = bodies.Make(operation.Body!, operation.Path, "");
        if (body is JsonObject { Count: 0 } && dice.Percent(50)) return null;
        return spoiled && dice.Percent(70) ? mutation.Spoil(body) : Encoding.UTF8.GetBytes(body!.ToJsonString());
    }

    private byte[] PictureOf(bool spoiled) => spoiled ? SmallPicture[..dice.Below(SmallPicture.Length)] : SmallPicture;

    private byte[] LinesOf(ApiOperation operation)
    {
        var lines = new MemoryStream();
        for (var n = dice.Below(LinesMax) + 1; n > 0; n--)
        {
            var line = bodies.Make(operation.Body!, operation.Path, "");
            lines.Write(dice.Percent(SpoiledPercent) ? mutation.Spoil(line) : Encoding.UTF8.GetBytes(line!.ToJsonString()));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private string PathOf(ApiOperation operation, bool spoiled)
    {
        var path = operation.Path;
        if (path.Contains("{number}", StringComparison.Ordinal))
            path = path.Replace(
                "{number}", spoiled && dice.Percent(20) ? Escape(mutation.OddText()) : $"{dice.Below(4) + 1}", StringComparison.Ordinal);
        if (!path.Contains("{id}", StringComparison.Ordinal)) return path;
        var id = spoiled && dice.Percent(20) ? Escape(mutation.OddText()) : dice.Of(book.IdsOf(path));
        return path.Replace("{id}", id, StringComparison.Ordinal);
    }

    /// <summary>Escapes a path segment. A segment of dots alone would be resolved on the way, so it becomes a dash.</summary>
    private static string Escape(string text) => text.Trim('.').Length == 0 ? "-" : Uri.EscapeDataString(text);

    private string QueryOf(ApiOperation operation, bool spoiled)
    {
        var query = new List<string>();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place == "query"))
        {
            if (!dice.Percent(parameter.Required ? 95 : 35)) continue;
            var made = bodies.Make(parameter.Schema, operation.Path, parameter.Name);
            if (made is JsonObject pairs)
            {
                query.AddRange(pairs.Select(
                    pair => $"{parameter.Name}[{Uri.EscapeDataString(pair.Key)}]={Uri.EscapeDataString(ValueOf(pair.Value))}"));
            }
            else query.Add($"{parameter.Name}={Uri.EscapeDataString(ValueOf(made))}");
            if (query.Count == 0) continue;
            if (spoiled && dice.Percent(3)) query.Add(query[^1]);
        }

        if (spoiled && dice.Percent(5)) query.Add("unknown=1");
        return query.Count == 0 ? "" : "?" + string.Join('&', query);

        string ValueOf(JsonNode? value) => spoiled && dice.Percent(20) ? mutation.OddText() : value?.ToString() ?? "";
    }
}
