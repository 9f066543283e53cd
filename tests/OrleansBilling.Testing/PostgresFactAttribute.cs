using System.Runtime.CompilerServices;

namespace OrleansBilling.Testing;

/// <summary>A test that needs PostgreSQL: skipped where it is not installed, unless CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Decides whether it is skipped.</summary>
    public PostgresFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = PostgresServer.SkipReason;
}

/// <summary>A theory that needs PostgreSQL: skipped where it is not installed, unless CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether it is skipped.</summary>
    public PostgresTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = PostgresServer.SkipReason;
}
