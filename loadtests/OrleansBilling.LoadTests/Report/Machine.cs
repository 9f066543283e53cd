using System.Runtime.InteropServices;
using OrleansBilling.LoadTests.Processes;

namespace OrleansBilling.LoadTests.Report;

/// <summary>The machine that a run uses.</summary>
internal sealed class Machine
{
    private readonly string loadAverageBefore = LoadAverage();

    /// <summary>Describes the machine and its software after the run.</summary>
    /// <param name="postgres">Our own server; null when the database is not ours.</param>
    /// <param name="cancellationToken">Stops asking the server.</param>
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
        "debug (figures are meaningless)";
#else
        "release";
#endif

    /// <summary>Load averages of 1, 5 and 15 minutes; "unknown" where the system does not report them.</summary>
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
