namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A directory of its own for one test, gone afterwards.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orleans-billing-gateway-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
