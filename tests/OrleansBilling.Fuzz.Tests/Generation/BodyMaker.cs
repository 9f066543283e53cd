using System.Text.Json.Nodes;
using OrleansBilling.Fuzz.Tests.Api;

namespace OrleansBilling.Fuzz.Tests.Generation;

/// <summary>Makes request bodies that match their schema.</summary>
internal sealed class BodyMaker(ApiDocument document, Dice dice, FieldHints hints)
{
    private const int OptionalPercent = 25;
    private const int BothPercent = 15;

    /// <summary>Fields that exclude each other, which a schema cannot express; most bodies keep one.</summary>
    private static readonly string[][] Either =
    [
        ["percent", "amount"], ["percent_change", "amount"], ["token", "payment_method"], ["trial_end", "days"],
        ["next_billing_at", "date"],
        ["discount", "pause_days", "offer_id"], ["price", "tiers"], ["code", "outcome"], ["hard", "outcome"],
    ];

    /// <summary>Fields that are only valid together with others; mostly left out.</summary>
    private static readonly string[] Seldom = [
        "package_units", "start_at", "redeem_until", "redeem_from", "origin", "trial_days", "key", "until"];

    /// <param name="schema">The schema of the value.</param>
    /// <param name="path">The position of the value: the operation, then the fields.</param>
    /// <param name="name">The field's name.</param>
    public JsonNode? Make(JsonObject schema, string path, string name)
    {
        schema = document.Resolve(schema);
        if (schema["oneOf"] is JsonArray choices) return MakeOneOf(choices, path, name);
        if (schema["const"] is { } only) return only.DeepClone();
        if (schema["enum"] is JsonArray values) return values[dice.Below(values.Count)]?.DeepClone();
        return TypeOf(schema) switch
        {
            "object" => MakeObject(schema, path),
            "array" => MakeArray(schema, path, name),
            "integer" => hints.Integer(name),
            "number" => MakeNumber(name),
            "boolean" => dice.Percent(50),
            "string" => MakeText(schema, path, name),
            _ => null,
        };
    }

    private JsonNode? MakeOneOf(JsonArray choices, string path, string name)
    {
        var some = choices.Select(choice => choice!.AsObject()).Where(choice => (string?)choice["type"] != "null").ToList();
        return Make(dice.Of(some), path, name);
    }

    private JsonObject MakeObject(JsonObject schema, string path)
    {
        var made = new JsonObject();
        var required = schema["required"]?.AsArray().Select(field => (string)field!).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (field, of) in schema["properties"]?.AsObject() ?? [])
        {
            if (!required.Contains(field) && !dice.Percent(Seldom.Contains(field) ? 5 : OptionalPercent)) continue;
            made[field] = Make(of!.AsObject(), path, field, of.AsObject());
        }

        if (!dice.Percent(BothPercent)) KeepOne(schema, required, made, path);
        if (schema["additionalProperties"] is JsonObject values)
        {
            // In a merge patch null removes a name.
            var removes = values["type"] is JsonArray;
            for (var n = dice.Below(3); n > 0; n--)
                made[$"key{n}"] = removes && dice.Percent(25) ? null : Make(values, path, "value");
        }

        return made;
    }

    private void KeepOne(JsonObject schema, HashSet<string> required, JsonObject made, string path)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        foreach (var group in Either)
        {
            if (!group.All(properties.ContainsKey)) continue;
            var kept = group.FirstOrDefault(required.Contains) ?? dice.Of(group);
            foreach (var field in group) if (field != kept) made.Remove(field);
            if (!made.ContainsKey(kept)) made[kept] = Make(properties[kept]!.AsObject(), path, kept, properties[kept]!.AsObject());
        }
    }

    private JsonNode? Make(JsonObject schema, string path, string field, JsonObject declared) =>
        Make(schema, IsNested(declared) ? $"{path}.{field}" : path, field);

    private bool IsNested(JsonObject schema)
    {
        if (schema["oneOf"] is JsonArray) return true;
        return TypeOf(document.Resolve(schema)) is "object" or "array";
    }

    private JsonArray MakeArray(JsonObject schema, string path, string name)
    {
        var made = new JsonArray();
        for (var n = dice.Below(3) + 1; n > 0; n--) made.Add(Make(schema["items"]!.AsObject(), $"{path}[]", $"{name}[]"));
        return made;
    }

    private JsonValue MakeNumber(string name) =>
        JsonValue.Create(name.Contains("percent", StringComparison.Ordinal) ? dice.Below(400) / 4m : dice.Below(1_000) / 10m);

    private JsonValue MakeText(JsonObject schema, string path, string name) => JsonValue.Create((string?)schema["format"] switch
    {
        "date-time" => hints.At(path, name),
        "date" => hints.Day(),
        _ => hints.Text(path, name) ?? $"text {dice.Below(1_000)}",
    });

    /// <summary>The type besides null.</summary>
    private static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(type => (string)type!).First(type => type != "null"),
        { } type => (string)type!,
        null => null,
    };
}
