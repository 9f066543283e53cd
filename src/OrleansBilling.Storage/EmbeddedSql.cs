using System.Reflection;

namespace OrleansBilling.Storage;

/// <summary>SQL that is kept in files of its own, beside the code that runs it.</summary>
internal static class EmbeddedSql
{
    private static readonly Assembly Home = typeof(EmbeddedSql).Assembly;

    /// <summary>The text of a file, named by its folders and name, such as <c>Postgres.Commits.commit.sql</c>.</summary>
    public static string Read(string name)
    {
        using var stream = Home.GetManifestResourceStream($"{Prefix}{name}")
            ?? throw new InvalidOperationException($"There is no embedded SQL named '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The numbered scripts of a folder, in order: number, name, text.</summary>
    public static IReadOnlyList<(int Number, string Name, string Text)> ReadScripts(string folder)
    {
        var prefix = $"{Prefix}{folder}.Scripts.";
        return [.. Home.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (NumberOf(name[prefix.Length..]), name[prefix.Length..], Read(name[Prefix.Length..])))];
    }

    private const string Prefix = "OrleansBilling.Storage.";

    private static int NumberOf(string name) => int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), provider: null);
}
