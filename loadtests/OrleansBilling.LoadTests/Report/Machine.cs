using System.Runtime.InteropServices;
using OrleansBilling.LoadTests.Processes;

namespace OrleansBilling.LoadTests.Report;

/// <summary>On what a run is made.</summary>
internal sealed class Machine
{
    private readonly string loadAverageBefore = LoadAverage();

    /// <summary>What is to be known of it when the run is over.</summary>
    /// <param name="postgres">Our own server; null where the database is somebody else's.</param>
    /// <param name="cancellationToken">Gives up asking the server.</param>
    public async Task<IReadOnlyList<Condition>> ReadAsync(PrivatePostgres? postgres, CancellationToken cancellationToken)
    {
        var shared = postgres is null ? "of the load generator" : "shared by load, gateway and database";
        var settings = postgres is null ? null : await postgres.ReadSettingsAsync(cancellationToken);
        return
        [
            new("cores", Numbers.Invariant($"{Environment.ProcessorCount} × {ProcessorName()}, {shared}")),
            new(".NET", $"{RuntimeInformation.FrameworkDescription}, {Build} build, {RuntimeInformation.OSDescription}"),
            .. settings?.Select(setting => new Condition($"PostgreSQL {setting.Key}", setting.Value)) ?? [],
            .. postgres is null ? (Condition[])[] : [new("disk", new DriveInfo(postgres.DataDirectory).DriveFormat)],
            new("load average", $"{loadAverageBefore} before, {LoadAverage()} after"),
        ];
    }

    private static string Build =>
#if DEBUG
        "debug (its figures mean nothing)";
#else
        "release";
#endif

    /// <summary>1, 5 and 15 minutes; "unknown" where the system does not tell.</summary>
    private static string LoadAverage() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    private static string ProcessorName()
    {
        const string Path = "/proc/cpuinfo";
        if (!File.Exists(Path)) return RuntimeInformation.ProcessArchitecture.ToString();
        var line = File.ReadLines(Path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
