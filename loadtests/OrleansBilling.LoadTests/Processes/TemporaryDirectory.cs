namespace OrleansBilling.LoadTests.Processes;

/// <summary>A directory that is deleted on dispose.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orleans-billing-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
