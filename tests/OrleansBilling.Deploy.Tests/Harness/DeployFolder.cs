namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>The files under test, as they are in the repository.</summary>
internal static class DeployFolder
{
    /// <summary>The folder of the solution file.</summary>
    public static string Repository { get; } = Find();

    /// <summary>The full path of a file or folder under <c>deploy</c>.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Repository, "deploy", .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OrleansBilling.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
