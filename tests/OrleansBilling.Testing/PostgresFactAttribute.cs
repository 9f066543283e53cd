namespace OrleansBilling.Testing;

/// <summary>A test that needs PostgreSQL: skipped where it is not installed, unless CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Decides whether it is skipped.</summary>
    public PostgresFactAttribute() => Skip = PostgresServer.SkipReason;
}

/// <summary>A theory that needs PostgreSQL: skipped where it is not installed, unless CI=true.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether it is skipped.</summary>
    public PostgresTheoryAttribute() => Skip = PostgresServer.SkipReason;
}
