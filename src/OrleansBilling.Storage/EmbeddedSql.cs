using System.Reflection;

namespace OrleansBilling.Storage;

/// <summary>Reads SQL files embedded in the assembly. Each file is next to the code that runs it.</summary>
internal static class EmbeddedSql
{
    private static readonly Assembly Home = typeof(EmbeddedSql).Assembly;

    /// <summary>The text of a file, named by folder and file name: <c>Postgres.Commits.commit.sql</c>.</summary>
    public static string Read(string name) => Read(Home, $"{Prefix}{name}");

    private static string Read(Assembly home, string name)
    {
        using var stream = home.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no embedded SQL named '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The numbered scripts of a folder, in order.</summary>
    public static IReadOnlyList<SchemaScript> ReadScripts(string folder) =>
        ReadScripts(Home, $"{Prefix}{folder}.Scripts.");

    /// <summary>The numbered scripts of an assembly whose resource names begin with <paramref name="prefix"/>, in order.</summary>
    public static IReadOnlyList<SchemaScript> ReadScripts(Assembly home, string prefix) =>
        [.. home.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SchemaScript(NumberOf(name[prefix.Length..]), name[prefix.Length..], Read(home, name)))];

    private const string Prefix = "OrleansBilling.Storage.";

    private static int NumberOf(string name) => int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), provider: null);
}
