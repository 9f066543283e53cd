namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A directory for one test, deleted afterwards.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orleans-billing-gateway-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
