using System.CommandLine;
using OrleansBilling.LoadTests.History;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>history</c>: compares bills and reads of a subscription with much usage to those of one with little.</summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        var storage = new Option<string>("--storage")
        {
            Description = "Where the gateway keeps its data.", DefaultValueFactory = _ => "sqlite",
        };
        storage.AcceptOnlyFromAmong("sqlite", "postgres");
        var usage = new BoundedNumber("--usage", "Usage events of the large subscription.", 1_000_000, HistoryOptions.UsageMin, 10_000_000);
        var samples = new BoundedNumber("--samples", "Timings per operation.", 31, 3, 1_000);
        var readers = new BoundedNumber("--readers", "Concurrent readers, for the memory measurement.", 16, 1, 256);
        var seconds = new BoundedNumber("--seconds", "Seconds that they read.", 10, 1, 600);
        var keep = new Option<string?>("--directory")
        {
            Description = "Directory in which to keep the SQLite file; by default it is deleted.",
        };
        var command = new Command(
            "history", "Checks that bills, refunds and reads cost the same with a million usage events as with a hundred.")
        {
            storage, usage.Option, samples.Option, readers.Option, seconds.Option, keep,
        };
        command.SetAction((parsed, cancellationToken) => HistoryRun.RunAsync(
            new HistoryOptions(
                parsed.GetRequiredValue(storage) == "postgres", usage.Read(parsed), samples.Read(parsed), readers.Read(parsed),
                TimeSpan.FromSeconds(seconds.Read(parsed)), parsed.GetValue(keep)),
            cancellationToken));
        return command;
    }
}
