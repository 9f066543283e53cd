using OrleansBilling.Deploy.Tests.Harness;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>The table in deploy/sizing.md must follow from the figures above it.</summary>
public sealed class SizingTests
{
    [NeedsFact(["bash", "awk"])]
    public async Task The_table_is_worked_out_from_the_figures_above_it()
    {
        var worked = await Programs.MustRunAsync("bash", [DeployFolder.Path("sizing.sh")]);
        var document = await File.ReadAllTextAsync(DeployFolder.Path("sizing.md"));

        Assert.Equal(worked, Between(document, "<!-- table -->\n", "<!-- end -->"));
        Assert.Equal(9, worked.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("nan", worked, StringComparison.OrdinalIgnoreCase);
    }

    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
