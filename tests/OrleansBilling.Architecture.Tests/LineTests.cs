using OrleansBilling.Testing;

namespace OrleansBilling.Architecture.Tests;

/// <summary>No line of code is longer than the limit in .editorconfig, which the compiler does not enforce.</summary>
public sealed class LineTests
{
    [Fact]
    public void No_line_is_longer_than_the_limit()
    {
        var repository = RepositoryFolder.Root;
        var limit = int.Parse(File.ReadLines(Path.Combine(repository, ".editorconfig"))
            .Single(line => line.StartsWith("max_line_length = ", StringComparison.Ordinal)).Split(" = ")[1]);
        var files = new[] { "src", "tests", "loadtests" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(repository, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .ToList();

        Assert.True(files.Count > 500, $"Only {files.Count} files were found.");
        Assert.Empty(
            from file in files
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > limit
            select $"{Path.GetRelativePath(repository, file)}:{line.Number}");
    }
}
