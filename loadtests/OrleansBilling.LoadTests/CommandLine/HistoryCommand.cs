using System.CommandLine;
using OrleansBilling.LoadTests.History;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>history</c>: what much usage of one subscription costs its bills and its readers.</summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        var storage = new Option<string>("--storage")
        {
            Description = "Where the gateway keeps its data.", DefaultValueFactory = _ => "sqlite",
        };
        storage.AcceptOnlyFromAmong("sqlite", "postgres");
        var usage = new BoundedNumber("--usage", "Usage events of the one subscription.", 1_000_000, HistoryOptions.UsageMin, 10_000_000);
        var samples = new BoundedNumber("--samples", "How often each operation is timed.", 31, 3, 1_000);
        var readers = new BoundedNumber("--readers", "Readers at the same time, whose memory is measured.", 16, 1, 256);
        var seconds = new BoundedNumber("--seconds", "How long they read.", 10, 1, 600);
        var keep = new Option<string?>("--directory")
        {
            Description = "Where SQLite's file is made and left; unless told, it is gone afterwards.",
        };
        var command = new Command(
            "history", "Holds that bills, refunds and reads of a subscription with a million usage events cost as much as with a hundred.")
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
