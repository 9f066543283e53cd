using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansBilling.Gateway.Tests.OpenApi;

/// <summary>A body with one value at a limit or just beyond it.</summary>
/// <param name="Field">The dotted path of the value, as problems name it.</param>
/// <param name="Limit">The word of JSON Schema.</param>
/// <param name="Within">Whether the value is within the limit.</param>
internal sealed record BodyProbe(string Field, string Limit, bool Within, string Body);

/// <summary>Makes bodies with what is required and one value to probe, for every limit of an operation's body.</summary>
internal sealed class BodyProbes(DescribedApi api)
{
    /// <summary>What a field needs beside itself, because another field decides whether it may be there.</summary>
    private static readonly Dictionary<string, string> Companions = new(StringComparer.Ordinal)
    {
        ["CouponBody.recurrences"] = """{"duration":"repeating","percent":1}""",
        ["CouponBody.currency"] = """{"amount":100,"duration":"once"}""",
        ["CouponBody.redemptions_max"] = """{"percent":1,"duration":"once"}""",
        ["ApiKeyBody.seller_id"] = """{"role":"seller"}""",
        ["ApiKeyBody.expires_in_seconds"] = """{"role":"admin"}""",
        ["ConfirmPaymentBody.code"] = """{"outcome":"declined"}""",
        ["MeterBody.tiers"] = """{"pricing":"graduated"}""",
        ["MeterBody.package_units"] = """{"pricing":"package","price":{"amount":1}}""",
        ["MeterBody.price"] = """{"pricing":"per_unit"}""",
        ["MeterBody.included_units"] = """{"pricing":"per_unit","price":{"amount":1}}""",
        ["MeterTierBody.flat"] = """{"price":{"amount":1}}""",
        ["PlanBody.installments"] = """{"interval":{"unit":"month","count":120}}""",
        ["IntervalBody.count"] = """{"unit":"day"}""",
        ["VoucherBody.reminder_days"] = """{"valid_days":30}""",
        ["LoyaltyBody.recurrences"] = """{"percent":1}""",
        ["RetentionDiscountBody.recurrences"] = """{"percent":1}""",
        ["SplitPartBody.percent"] = """{"party_id":"zoe"}""",
        ["SplitPartBody.amount"] = """{"party_id":"zoe"}""",
        ["SplitPartBody.party_id"] = """{"percent":1}""",
        ["SimulationBody.changes"] = "{}",
    };

    public IEnumerable<BodyProbe> Of(DescribedOperation operation) => Of(operation.Body!["schema"]!.AsObject(), "", value => value);

    /// <param name="schema">The schema of the value.</param>
    /// <param name="field">Its dotted path.</param>
    /// <param name="wrap">Puts the value into a whole body.</param>
    private IEnumerable<BodyProbe> Of(JsonObject schema, string field, Func<JsonNode?, JsonNode?> wrap)
    {
        var name = ((string?)schema["$ref"] ?? (string?)schema["oneOf"]?[1]?["$ref"])?.Split('/')[^1];
        var own = api.Resolve(schema);
        foreach (var (limit, within, value) in ValuesOf(own)) yield return new BodyProbe(field, limit, within, Text(wrap(value)));
        if (own["items"] is JsonObject entry)
        {
            foreach (var probe in Of(entry, $"{field}[0]", value => wrap(List(value)))) yield return probe;
        }

        foreach (var (property, of) in own["properties"]?.AsObject() ?? [])
        {
            var path = field.Length == 0 ? property : $"{field}.{property}";
            foreach (var probe in Of(of!.AsObject(), path, value => wrap(With(own, name, property, value)))) yield return probe;
        }
    }

    private static string Text(JsonNode? body) => body!.ToJsonString();

    private JsonObject With(JsonObject schema, string? name, string property, JsonNode? value)
    {
        var made = Least(schema);
        if (Companions.TryGetValue($"{name}.{property}", out var companions))
        {
            foreach (var (other, companion) in JsonNode.Parse(companions)!.AsObject()) made[other] = companion?.DeepClone();
        }

        made[property] = value;
        return made;
    }

    /// <summary>The least body of a schema.</summary>
    private JsonObject Least(JsonObject schema)
    {
        var made = new JsonObject();
        foreach (var required in schema["required"]?.AsArray() ?? [])
            made[(string)required!] = Plain(schema["properties"]![(string)required!]!.AsObject());
        return made;
    }

    private JsonNode? Plain(JsonObject schema)
    {
        var own = api.Resolve(schema);
        if (own["enum"] is JsonArray values) return values[0]!.DeepClone();
        return DescribedApi.TypeOf(own) switch
        {
            "object" => Least(own),
            "array" => new JsonArray(Plain(own["items"]!.AsObject())),
            "boolean" => false,
            "integer" or "number" => JsonNode.Parse((string?)own["minimum"]?.ToJsonString() ?? "1"),
            _ => (string?)own["format"] == "date-time" ? "2024-02-01T00:00:00Z" : PlainText(own, 1),
        };
    }

    private IEnumerable<(string Limit, bool Within, JsonNode? Value)> ValuesOf(JsonObject schema)
    {
        if (schema["minimum"] is { } minimum)
        {
            yield return ("minimum", true, minimum.DeepClone());
            yield return ("minimum", false, Number(minimum, -Step(schema)));
        }

        if (schema["maximum"] is { } maximum)
        {
            yield return ("maximum", true, maximum.DeepClone());
            yield return ("maximum", false, Number(maximum, Step(schema)));
        }

        if (schema["maxLength"] is { } longest)
        {
            yield return ("maxLength", true, PlainText(schema, (int)longest));
            yield return ("maxLength", false, PlainText(schema, (int)longest + 1));
            yield return ("pattern", false, "\u0007");
        }

        if (schema["minLength"] is { } shortest && (int)shortest > 0) yield return ("minLength", false, "");
        if (schema["maxItems"] is { } most)
        {
            yield return ("maxItems", true, List(schema, (int)most));
            yield return ("maxItems", false, List(schema, (int)most + 1));
        }

        if (schema["minItems"] is { } least && (int)least > 0) yield return ("minItems", false, new JsonArray());
    }

    /// <summary>A tier that has an end needs one after it.</summary>
    private static JsonArray List(JsonNode? entry) => (entry as JsonObject)?.ContainsKey("up_to") == true
        ? new JsonArray(entry, JsonNode.Parse("""{"price":{"amount":1}}"""))
        : new JsonArray(entry);

    /// <summary>Distinct entries, because many lists accept each only once.</summary>
    private JsonArray List(JsonObject schema, int count)
    {
        var list = new JsonArray();
        for (var n = 0; n < count; n++)
        {
            var entry = Plain(schema["items"]!.AsObject());
            if (entry is JsonObject made)
            {
                foreach (var id in new[] { "id", "name", "offer_id" }.Where(made.ContainsKey).Take(2)) made[id] = $"x{n}";
            }
            else if (api.Resolve(schema["items"]!.AsObject())["enum"] is JsonArray values) entry = values[n % values.Count]!.DeepClone();
            else if (entry!.GetValueKind() == System.Text.Json.JsonValueKind.String) entry = $"x{n}";

            list.Add(entry);
        }

        return list;
    }

    /// <summary>A text of this length that matches the pattern.</summary>
    private static string PlainText(JsonObject schema, int length) => (string?)schema["pattern"] switch
    {
        "^[A-Z]{3}$" => length <= 3 ? "BRL" : "BRLX",
        "^[A-Z]{2}$" => length <= 2 ? "BR" : "BRX",
        { } tag when tag.Contains("(-", StringComparison.Ordinal) =>
            string.Concat(Enumerable.Range(0, length).Select(n => n % 9 == 8 && n < length - 1 ? '-' : 'a')),
        { } mail when mail.Contains('@', StringComparison.Ordinal) => "a@" + new string('b', Math.Max(1, length - 2)),
        _ => new string('a', length),
    };

    private static decimal Step(JsonObject schema) => DescribedApi.TypeOf(schema) == "integer" ? 1 : 0.001m;

    private static JsonValue Number(JsonNode limit, decimal step) => JsonValue.Create(
        decimal.Parse(limit.ToJsonString(), CultureInfo.InvariantCulture) + step);
}
