using System.Globalization;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Throughput.Data;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>Under what a run was made, without which its figures say nothing.</summary>
internal sealed record Conditions
{
    public required Machine Machine { get; init; }

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

    public static Conditions Of(ThroughputOptions options, Machine machine, SampleCommit sample, int sqliteSubscriptions) => new()
    {
        Machine = machine,
        Subscriptions = options.Subscriptions,
        SqliteSubscriptions = sqliteSubscriptions,
        SnapshotBytes = sample.State.Length,
        EventBytes = sample.EventData.Length,
        Callers = options.Callers,
        Connections = options.Connections,
        Lanes = options.Lanes,
        Streams = options.Streams,
        Seconds = options.Seconds,
    };

    public IEnumerable<(string What, string Value)> Rows() =>
    [
        .. Machine.Rows(),
        ("subscriptions",
            string.Create(CultureInfo.InvariantCulture, $"{Subscriptions:N0} on PostgreSQL, {SqliteSubscriptions:N0} on SQLite")),
        ("rows of a command",
            string.Create(CultureInfo.InvariantCulture, $"snapshot of {SnapshotBytes} bytes, event of {EventBytes}, due time, no counter")),
        ("load", string.Create(
            CultureInfo.InvariantCulture,
            $"{Callers:N0} callers, {Connections} connections, {Streams} streams, {Lanes} lanes, {Seconds} s each")),
    ];
}
