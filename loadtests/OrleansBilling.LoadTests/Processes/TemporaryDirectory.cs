namespace OrleansBilling.LoadTests.Processes;

/// <summary>A directory of our own that is gone afterwards.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orleans-billing-load-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
