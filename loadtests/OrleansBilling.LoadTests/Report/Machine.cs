using System.Globalization;
using System.Runtime.InteropServices;
using OrleansBilling.LoadTests.Processes;

namespace OrleansBilling.LoadTests.Report;

/// <summary>On what a run was made, without which its figures say nothing.</summary>
internal sealed record Machine
{
    public required int Cores { get; init; }

    public required string Processor { get; init; }

    public required string DotNet { get; init; }

    public required string System { get; init; }

    /// <summary>The server's own words: version, fsync, synchronous_commit and the like.</summary>
    public required IReadOnlyDictionary<string, string> Postgres { get; init; }

    /// <summary>Of the disk on which PostgreSQL keeps its data.</summary>
    public required string FileSystem { get; init; }

    /// <summary>Before the first way and after the last: 1, 5 and 15 minutes.</summary>
    public required string LoadAverageBefore { get; init; }

    public string? LoadAverageAfter { get; init; }

    public static async Task<Machine> ReadAsync(PrivatePostgres postgres, string loadAverageBefore, CancellationToken cancellationToken) =>
        new()
    {
        Cores = Environment.ProcessorCount,
        Processor = ProcessorName(),
        DotNet = $"{RuntimeInformation.FrameworkDescription}, {Build} build",
        System = RuntimeInformation.OSDescription,
        Postgres = await postgres.ReadSettingsAsync(cancellationToken),
        FileSystem = new DriveInfo(postgres.DataDirectory).DriveFormat,
        LoadAverageBefore = loadAverageBefore,
    };

    /// <summary>1, 5 and 15 minutes; "unknown" where the system does not tell.</summary>
    public static string LoadAverage() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    public IEnumerable<(string What, string Value)> Rows()
    {
        yield return ("cores", string.Create(CultureInfo.InvariantCulture, $"{Cores} × {Processor}, shared by load, gateway and database"));
        yield return (".NET", $"{DotNet}, {System}");
        foreach (var (name, value) in Postgres) yield return ($"PostgreSQL {name}", value);
        yield return ("disk", FileSystem);
        yield return ("load average", $"{LoadAverageBefore} before, {LoadAverageAfter} after");
    }

    private static string Build =>
#if DEBUG
        "debug (its figures mean nothing)";
#else
        "release";
#endif

    private static string ProcessorName()
    {
        const string File = "/proc/cpuinfo";
        if (!global::System.IO.File.Exists(File)) return RuntimeInformation.ProcessArchitecture.ToString();
        var line = global::System.IO.File.ReadLines(File).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
