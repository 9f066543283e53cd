using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>
/// Writes a value as text with all its public properties, so that stored and reloaded values can be compared. Record equality does not
/// help, because it compares arrays by reference.
/// </summary>
public static class EveryProperty
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, "");
        return text.ToString();
    }

    /// <summary>The properties that are equal in both values; none in a fixture that must differ in every property.</summary>
    public static string[] AlikeIn<T>(T value, T other) =>
        [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => Of(property.GetValue(value)) == Of(property.GetValue(other)))
            .Select(property => property.Name)];

    private static void Write(StringBuilder text, object? value, string indent)
    {
        switch (value)
        {
            case null:
                text.AppendLine("null");
                return;
            case Instant instant:
                text.AppendLine(InstantPattern.ExtendedIso.Format(instant));
                return;
            case string or IFormattable:
                text.AppendLine(Convert.ToString(value, CultureInfo.InvariantCulture));
                return;
            case bool:
                text.AppendLine(value.ToString());
                return;
            case IEnumerable items:
                text.AppendLine("[");
                foreach (var item in items) Write(text.Append(indent).Append("- "), item, indent + "  ");
                text.Append(indent).AppendLine("]");
                return;
            default:
                text.AppendLine(value.GetType().Name);
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                    Write(text.Append(indent).Append(property.Name).Append(": "), property.GetValue(value), indent + "  ");
                return;
        }
    }
}
