using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput.Report;

/// <summary>A figure that stands for itself, with its goal where there is one (see "Figures" in the load tests' README).</summary>
internal sealed record SingleFigure(string What, double Value, string Unit, string Goal)
{
    public static IEnumerable<SingleFigure> Of(ColdLoads cold) =>
    [
        new("stored subscriptions brought to life by the bare handler", cold.PerSecond, "a second", ""),
        new("a live subscription of the bare handler, snapshot included", cold.BytesEach, "bytes", ""),
    ];

    public static IEnumerable<SingleFigure> OfSilo(ColdLoads cold) =>
    [
        new("stored subscriptions brought to life on a silo", cold.PerSecond, "a second", "≥ 25,000"),
        new("a live grain in memory, snapshot included", cold.BytesEach, "bytes", "≤ 2,560"),
    ];

    public static IEnumerable<SingleFigure> Of(StartUp start) =>
    [
        new("start of a gateway until it is ready", start.ReadySeconds, "s", ""),
        new("start of a gateway until its first command is acknowledged", start.FirstCommandSeconds, "s", ""),
    ];

    public static IEnumerable<SingleFigure> Of(DatabaseSize size) =>
    [
        new("a subscription on disk: snapshot, directory, indexes", size.SubscriptionBytes, "bytes", ""),
        new("an event on disk, with its index", size.EventBytes, "bytes", ""),
        new("the whole database", size.DatabaseBytes / (1024d * 1024d), "MiB", ""),
    ];
}
