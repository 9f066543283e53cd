namespace OrleansBilling.Testing;

/// <summary>A test that needs PostgreSQL. It is skipped when PostgreSQL is not installed, except with CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Decides whether to skip the test.</summary>
    public PostgresFactAttribute() => Skip = PostgresServer.SkipReason;
}

/// <summary>A theory that needs PostgreSQL. It is skipped when PostgreSQL is not installed, except with CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether to skip the theory.</summary>
    public PostgresTheoryAttribute() => Skip = PostgresServer.SkipReason;
}
