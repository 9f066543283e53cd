using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansBilling.Deploy.Tests.Runbook;

/// <summary>
/// What an answer looks like, without its values: the fields of JSON with their kinds, the columns of a table of psql, or the lines of
/// a text without decimals and without repetition.
/// </summary>
internal static partial class AnswerShape
{
    public static IReadOnlySet<string> Of(string answer)
    {
        var lines = answer.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
        var shape = new SortedSet<string>(StringComparer.Ordinal);
        if (lines.Count > 1 && TableRule().IsMatch(lines[1])) shape.Add($"columns: {Spaces().Replace(lines[0].Trim(), " ")}");
        else if (lines.Count > 0 && lines[0][0] is '{' or '[') lines.ForEach(line => Add(shape, "", JsonDocument.Parse(line).RootElement));
        else shape.UnionWith(lines.Select(WithoutValues));
        return shape;
    }

    /// <summary>
    /// Whether a real answer looks like the written one. What is written as null may be anything; what is written as something must not
    /// be null, because that is what jq says of a field that is gone.
    /// </summary>
    public static bool Fits(string written, string actual)
    {
        var (expected, found) = (Of(written), Of(actual));
        var open = expected.Where(line => line.EndsWith('=')).Select(line => line[..^1]).ToList();
        return expected.All(line => found.Contains(line) || (line.EndsWith('=') && found.Any(other => Begins(other, line[..^1]))))
            && found.All(line => expected.Contains(line) || open.Exists(start => Begins(line, start)));

        static bool Begins(string line, string start) => line.StartsWith(start, StringComparison.Ordinal);
    }

    private static string WithoutValues(string line) =>
        Number().Replace(Decimal().Replace(Server().Replace(Commit().Replace(line, ""), "server-n"), "0.0"), "n");

    private static void Add(SortedSet<string> shape, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject()) Add(shape, $"{path}.{field.Name}", field.Value);
                break;
            case JsonValueKind.Array:
                shape.Add(path + "[");
                var place = 0;
                foreach (var element in value.EnumerateArray())
                    Add(shape, element.ValueKind == JsonValueKind.Object ? path + "[" : $"{path}[{place++}", element);
                break;
            default:
                shape.Add($"{path}={Kind(value.ValueKind)}");
                break;
        }
    }

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "truth",
        JsonValueKind.Null => "",
        _ => kind.ToString(),
    };

    [GeneratedRegex(@"^-+(\+-+)*$")]
    private static partial Regex TableRule();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\d+([.,]\d+)+")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex Number();

    /// <summary>A version may end with the commit that it was built from.</summary>
    [GeneratedRegex(@"\+[0-9a-f]{40}\b")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\bserver-\d\b")]
    private static partial Regex Server();
}
