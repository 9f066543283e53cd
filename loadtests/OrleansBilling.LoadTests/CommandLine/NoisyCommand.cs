using System.CommandLine;
using OrleansBilling.LoadTests.Noisy;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>noisy</c>: whether one tenant can hurt another.</summary>
internal static class NoisyCommand
{
    public static Command Create()
    {
        var storage = new Option<string>("--storage")
        {
            Description = "Where the gateway that is started keeps its data.", DefaultValueFactory = _ => "sqlite",
        };
        storage.AcceptOnlyFromAmong("sqlite", "postgres");
        var seconds = new BoundedNumber("--seconds", "How long each phase lasts.", 20, 1, 3_600);
        var rate = new BoundedNumber("--rate", "Commands of the calm tenant a second.", 50, 1, 10_000);
        var ofEach = new BoundedNumber("--of-each", "How many of each kind of noise at a time.", 1, 1, 64);
        var command = new Command(
            "noisy", "One tenant works alone, then beside one that does its worst: whether his commands succeed, and how long they take.")
        {
            storage, seconds.Option, rate.Option, ofEach.Option,
        };
        command.SetAction((parsed, cancellationToken) => NoisyRun.RunAsync(
            new NoisyOptions(parsed.GetRequiredValue(storage), seconds.Read(parsed), rate.Read(parsed), ofEach.Read(parsed)),
            cancellationToken));
        return command;
    }
}
