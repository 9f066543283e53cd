using System.CommandLine;
using OrleansBilling.LoadTests.Noisy;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>noisy</c>: checks that one tenant cannot hurt another.</summary>
internal static class NoisyCommand
{
    public static Command Create()
    {
        var storage = new Option<string>("--storage")
        {
            Description = "The storage of the gateway that the test starts.", DefaultValueFactory = _ => "sqlite",
        };
        storage.AcceptOnlyFromAmong("sqlite", "postgres");
        var seconds = new BoundedNumber("--seconds", "How long each phase lasts.", 20, 1, 3_600);
        var rate = new BoundedNumber("--rate", "Commands per second of the calm tenant.", 50, 1, 10_000);
        var ofEach = new BoundedNumber("--of-each", "Concurrent senders per kind of noise.", 1, 1, 64);
        var command = new Command(
            "noisy", "Measures a calm tenant alone and then beside a noisy one, and checks its success rate and latency.")
        {
            storage, seconds.Option, rate.Option, ofEach.Option,
        };
        command.SetAction((parsed, cancellationToken) => NoisyRun.RunAsync(
            new NoisyOptions(parsed.GetRequiredValue(storage), seconds.Read(parsed), rate.Read(parsed), ofEach.Read(parsed)),
            cancellationToken));
        return command;
    }
}
