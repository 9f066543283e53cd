using System.Text;

namespace OrleansBilling.Client.Tests.Generation;

/// <summary>Lines of C#, indented.</summary>
internal sealed class CodeText
{
    private const int DocsColumnsMax = 120;

    private readonly StringBuilder text = new();
    private int depth;

    public CodeText Line(string line = "")
    {
        if (line is "}" or "};") depth--;
        if (line.Length > 0) text.Append(' ', depth * 4).Append(line);
        text.Append('\n');
        if (line == "{") depth++;
        return this;
    }

    /// <summary>An XML element of docs, on one line if it fits.</summary>
    public CodeText Docs(string? words, string element = "summary", string attributes = "")
    {
        if (string.IsNullOrWhiteSpace(words)) return this;
        var escaped = words.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
        var whole = $"/// <{element}{attributes}>{escaped}</{element}>";
        if (whole.Length <= DocsColumnsMax) return Line(whole);
        Line($"/// <{element}{attributes}>");
        var line = "///";
        foreach (var word in escaped.Split(' '))
        {
            if (line.Length + word.Length + 1 > DocsColumnsMax)
            {
                Line(line);
                line = "///";
            }

            line += " " + word;
        }

        return Line(line).Line($"/// </{element}>");
    }

    public override string ToString() => text.ToString();
}
