using System.Reflection;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>The version of the program, as its assemblies have it.</summary>
public static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
