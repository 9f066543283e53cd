using System.Runtime.CompilerServices;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>A test that needs PostgreSQL and the right to make networks. It is skipped without that right, also with CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = PostgresServer.SkipReason ?? NetworkNamespace.SkipReason;
}
