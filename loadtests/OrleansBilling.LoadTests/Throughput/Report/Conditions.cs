using System.Globalization;
using System.Runtime.InteropServices;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Throughput.Data;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>Under what a run was made, without which its figures say nothing.</summary>
internal sealed record Conditions
{
    public required int Cores { get; init; }

    public required string Processor { get; init; }

    public required string DotNet { get; init; }

    public required string System { get; init; }

    /// <summary>The server's own words: version, fsync, synchronous_commit and the like.</summary>
    public required IReadOnlyDictionary<string, string> Postgres { get; init; }

    /// <summary>Of the disk on which PostgreSQL keeps its data.</summary>
    public required string FileSystem { get; init; }

    public required int Subscriptions { get; init; }

    public required int SqliteSubscriptions { get; init; }

    /// <summary>Bytes of the snapshot that each command writes.</summary>
    public required int SnapshotBytes { get; init; }

    /// <summary>Bytes of the event that each command writes.</summary>
    public required int EventBytes { get; init; }

    public required int Callers { get; init; }

    public required int Connections { get; init; }

    public required int Lanes { get; init; }

    public required int Streams { get; init; }

    public required int Seconds { get; init; }

    /// <summary>Of the machine, before the first way and after the last: 1, 5 and 15 minutes.</summary>
    public required string LoadAverageBefore { get; init; }

    public string? LoadAverageAfter { get; init; }

    public static async Task<Conditions> ReadAsync(ThroughputOptions options, PrivatePostgres postgres, SampleCommit sample, int sqliteSubscriptions, string loadAverageBefore, CancellationToken cancellationToken) => new()
    {
        Cores = Environment.ProcessorCount,
        Processor = ProcessorName(),
        DotNet = $"{RuntimeInformation.FrameworkDescription}, {Build} build",
        System = RuntimeInformation.OSDescription,
        Postgres = await postgres.ReadSettingsAsync(cancellationToken),
        FileSystem = new DriveInfo(postgres.DataDirectory).DriveFormat,
        Subscriptions = options.Subscriptions,
        SqliteSubscriptions = sqliteSubscriptions,
        SnapshotBytes = sample.State.Length,
        EventBytes = sample.EventData.Length,
        Callers = options.Callers,
        Connections = options.Connections,
        Lanes = options.Lanes,
        Streams = options.Streams,
        Seconds = options.Seconds,
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
        yield return ("subscriptions", string.Create(CultureInfo.InvariantCulture, $"{Subscriptions:N0} on PostgreSQL, {SqliteSubscriptions:N0} on SQLite"));
        yield return ("rows of a command", string.Create(CultureInfo.InvariantCulture, $"snapshot of {SnapshotBytes} bytes, event of {EventBytes}, due time, no counter"));
        yield return ("load", string.Create(CultureInfo.InvariantCulture, $"{Callers:N0} callers, {Connections} connections, {Streams} streams, {Lanes} lanes, {Seconds} s each"));
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
