using System.Globalization;
using System.Text;

namespace OrleansBilling.Client.Http;

/// <summary>The path and query of a request.</summary>
internal sealed class ApiPath(string path)
{
    private readonly StringBuilder text = new(path);
    private char next = '?';

    /// <summary>An id as a segment.</summary>
    public static string Segment(string id) => id is null or "" or "." or ".."
        ? throw new ArgumentException("An id cannot be empty, \".\" or \"..\".", nameof(id))
        : Uri.EscapeDataString(id);

    public static string Segment(int number) => number.ToString(CultureInfo.InvariantCulture);

    public ApiPath Add(string name, string? value)
    {
        if (value is null) return this;
        text.Append(next).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        next = '&';
        return this;
    }

    public ApiPath Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public ApiPath Add(string name, DateOnly? value) => Add(name, value?.ToString("O", CultureInfo.InvariantCulture));

    public ApiPath Add(string name, DateTimeOffset? value) =>
        Add(name, value?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Pairs, each with its name in brackets.</summary>
    public ApiPath Add(string name, IReadOnlyDictionary<string, string>? pairs)
    {
        foreach (var (key, value) in pairs ?? new Dictionary<string, string>()) Add($"{name}%5B{Uri.EscapeDataString(key)}%5D", value);
        return this;
    }

    public override string ToString() => text.ToString();
}
