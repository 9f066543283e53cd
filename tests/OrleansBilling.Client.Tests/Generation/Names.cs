using System.Text.Json;

namespace OrleansBilling.Client.Tests.Generation;

/// <summary>Names of the API as names of C#.</summary>
internal static class Names
{
    private static readonly string[] Keywords = ["from", "to", "event", "params", "default", "object", "string", "base", "in", "is"];

    /// <summary><c>past_due</c> and <c>subscription.past_due</c> become words in capitals.</summary>
    public static string Pascal(string name) => string.Concat(
        name.Split('_', '-', '.', ' ').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        var camel = char.ToLowerInvariant(pascal[0]) + pascal[1..];
        return Keywords.Contains(camel) ? "@" + camel : camel;
    }

    /// <summary>Whether the serializer finds the name by itself.</summary>
    public static bool IsFound(string pascal, string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(pascal) == name;
}
