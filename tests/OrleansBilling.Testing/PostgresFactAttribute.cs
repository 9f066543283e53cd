using System.Runtime.CompilerServices;

namespace OrleansBilling.Testing;

/// <summary>A test that needs PostgreSQL. It is skipped when PostgreSQL is not installed, except with CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Decides whether to skip the test.</summary>
    public PostgresFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = PostgresServer.SkipReason;
}

/// <summary>A theory that needs PostgreSQL. It is skipped when PostgreSQL is not installed, except with CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether to skip the theory.</summary>
    public PostgresTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = PostgresServer.SkipReason;
}
