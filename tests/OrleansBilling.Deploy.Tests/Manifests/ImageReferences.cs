using System.Text.RegularExpressions;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>
/// Finds the images that a file names, in Dockerfiles, compose and Kubernetes files, kustomizations and commands, and says which of
/// them may change under us: without a tag, with <c>latest</c>, or with a tag that moves, such as <c>15</c> or <c>2.6-bookworm</c>.
/// </summary>
internal static partial class ImageReferences
{
    /// <summary>Images that the text names, except stages of the same Dockerfile and names of variables.</summary>
    public static List<string> Find(string text)
    {
        var stages = Stage().Matches(text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Named().Matches(text).Select(match => match.Groups["image"].Value.Trim('"', '\''))
                .Where(image => !stages.Contains(image) && !image.StartsWith("${", StringComparison.Ordinal)),
            .. Tag().Matches(text).Select(match => $"kustomization:{match.Groups[1].Value.Trim('"', '\'')}"),
        ];
    }

    /// <summary>The images of a text that are not of exactly one version.</summary>
    public static List<string> FindFloating(string text) => [.. Find(text).Where(image => !Exact().IsMatch(image))];

    /// <summary>An image in YAML (also in one line), in FROM, as the default of an ARG, or in <c>docker build -t</c>.</summary>
    [GeneratedRegex(
        @"^\s*(?:[-{]\s*)*image:\s*(?<image>(?:\$\{[^}]*\}|[^\s,}#])+)|^FROM\s+(?:--\S+\s+)?(?<image>\S+)|^ARG\s+[A-Z]+=(?<image>\S+)"
        + @"|\bdocker (?:build|run)\b.* -t (?<image>\S+)|[{,]\s*image:\s*(?<image>[^\s,}#]+)",
        RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex(@"^\s*(?:-\s*)?newTag:\s*(\S+)", RegexOptions.Multiline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^FROM\s.*\sAS\s+(\S+)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Stage();

    /// <summary>PostgreSQL's versions have two numbers, all others three. A digest, or a variable for one, may follow.</summary>
    [GeneratedRegex(@"(^|/)(postgres:\d+\.\d+|[\w.-]+:\d+\.\d+\.\d+)(-[a-z]+)?(@sha256:[0-9a-f]{64}|\$\{[A-Z_]+_DIGEST:-\})?$")]
    private static partial Regex Exact();
}
