using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>The files under test, as they are in the repository.</summary>
internal static class DeployFolder
{
    /// <summary>The full path of a file or folder under <c>deploy</c>.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([RepositoryFolder.Root, "deploy", .. parts]);
}
