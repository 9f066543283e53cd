using System.Runtime.CompilerServices;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>
/// A test that needs certain programs. If one is missing, the test is skipped and names it, except with CI=true. The name
/// <c>postgres</c> stands for the server and its tools, wherever installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(string[] programs, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Needs.SkipReason(programs);
}

/// <summary>A theory that needs certain programs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(string[] programs, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = Needs.SkipReason(programs);
}

internal static class Needs
{
    public static string? SkipReason(string[] programs)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) return null;
        var missing = programs.Where(program => !IsInstalled(program)).ToList();
        return missing.Count == 0 ? null : $"Not installed here: {string.Join(", ", missing)}.";
    }

    private static bool IsInstalled(string program) =>
        program == "postgres" ? PostgresServer.IsInstalled : Programs.Find(program) is not null;
}
