using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansBilling.Domain.Feed;

namespace OrleansBilling.Gateway.Json;

/// <summary>The snake_case names of an enum. No other spelling is accepted, so each value has exactly one.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Texts = [.. EnumNames.Of(typeof(T))];
    private static readonly byte[][] Utf8 = [.. Texts.Select(Encoding.UTF8.GetBytes)];

    public static IReadOnlyList<string> Names => Texts;

    public static string NameOf(T value)
    {
        for (var n = 0; n < Values.Length; n++)
        {
            if (EqualityComparer<T>.Default.Equals(Values[n], value)) return Texts[n];
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, null);
    }

    public static bool TryParse(string name, out T value)
    {
        for (var n = 0; n < Values.Length; n++)
        {
            if (Texts[n] != name) continue;
            value = Values[n];
            return true;
        }

        value = default;
        return false;
    }

    public static bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        for (var n = 0; n < Values.Length; n++)
        {
            if (!reader.ValueTextEquals(Utf8[n])) continue;
            value = Values[n];
            return true;
        }

        value = default;
        return false;
    }
}

/// <summary>The names of an enum whose type is known only at run time.</summary>
internal static partial class EnumNames
{
    public static IReadOnlyList<string> Of(Type type)
    {
        var names = Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);

        // The name of an event begins with what it is about: subscription.renewed.
        return [.. type == typeof(FeedEventType) ? names.Select(name => Subject().Replace(name, "$1.", 1)) : names];
    }

    [GeneratedRegex("^([a-z]+)_")]
    private static partial Regex Subject();
}
