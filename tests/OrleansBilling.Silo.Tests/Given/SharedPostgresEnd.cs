using OrleansBilling.Silo.Tests.Given;

[assembly: AssemblyFixture(typeof(SharedPostgresEnd))]

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>Stops the shared database server after the last test of the assembly.</summary>
public sealed class SharedPostgresEnd : IAsyncDisposable
{
    public ValueTask DisposeAsync() => SharedPostgres.Instance.DisposeAsync();
}
