using System.Text;
using System.Text.Json.Nodes;

namespace OrleansBilling.Fuzz.Tests.Generation;

/// <summary>Mutates bodies: one value, one field, or the text itself.</summary>
internal sealed class Mutation(Dice dice)
{
    /// <summary>Unusual JSON values, as raw text.</summary>
    private static readonly string[] Odd =
    [
        "null", "true", "-1", "0", "1.5", "1e400", "-0", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "2147483648",
        "0.0001", "1e-300",
        "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"💥\"", "\"a/b\"", "\"..\"", "\"%00\"", "\"'; drop table product; --\"",
        "[]", "{}", "[null]", "[[[[]]]]", "{\"a\":{}}",
        "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00Z\"", "\"2024-02-30T00:00:00Z\"", "\"9998-12-31\"", "\"1970-01-01\"",
        "\"2024-02-30\"", "\"24:00\"",
        "\"9899-12-31T00:00:00Z\"", "\"1969-12-31T23:59:59+14:00\"",
    ];

    private static readonly string Long = $"\"{new string('x', 5_000)}\"";

    /// <summary>The mutated body as it is sent.</summary>
    public byte[] Spoil(JsonNode? body)
    {
        var text = body?.ToJsonString() ?? "";
        if (body is not null && !dice.Percent(25)) return Encoding.UTF8.GetBytes(SpoilValue(body));
        return dice.Below(8) switch
        {
            0 => [],
            1 => Encoding.UTF8.GetBytes(text[..(text.Length / 2)]),
            2 => Encoding.UTF8.GetBytes(text + "}"),
            3 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            4 => [.. Encoding.UTF8.GetBytes(text), 0xFF],
            5 => Encoding.UTF8.GetBytes(new string('[', 2_000)),
            6 => Encoding.UTF8.GetBytes("[" + text + "]"),
            _ => Encoding.UTF8.GetBytes(dice.Of(Odd)),
        };
    }

    public string OddText() => dice.Of(Odd).Trim('"');

    private string SpoilValue(JsonNode body)
    {
        var fields = new List<(JsonObject Parent, string Name)>();
        Collect(body, fields);
        if (fields.Count == 0) return "{\"unknown\":1}";
        var (parent, name) = dice.Of(fields);
        switch (dice.Below(10))
        {
            case 0:
                parent.Remove(name);
                return body.ToJsonString();
            case 1:
                parent["unknown_" + name] = 1;
                return body.ToJsonString();
            case 2:
                // A duplicate name, which a document object model cannot hold.
                var value = parent[name]?.ToJsonString() ?? "null";
                return Replaced(body, parent, name, $"{value},\"{name}\":{value}");
            default:
                return Replaced(body, parent, name, dice.Percent(10) ? Long : dice.Of(Odd));
        }
    }

    private static string Replaced(JsonNode body, JsonObject parent, string name, string json)
    {
        const string Placeholder = "\"@odd@\"";
        parent[name] = "@odd@";
        return body.ToJsonString().Replace(Placeholder, json, StringComparison.Ordinal);
    }

    private static void Collect(JsonNode? node, List<(JsonObject, string)> fields)
    {
        if (node is JsonObject document)
        {
            foreach (var (name, value) in document)
            {
                fields.Add((document, name));
                Collect(value, fields);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var value in list) Collect(value, fields);
        }
    }
}
