using System.CommandLine;
using OrleansBilling.LoadTests.Telco;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>telco</c>: replays the customers of a telecom and checks the resulting figures.</summary>
internal static class TelcoCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "telco-customer-churn.csv", Required = true };
        var storage = new Option<string>("--storage")
        {
            Description = "The storage of the gateway that the test starts.", DefaultValueFactory = _ => "sqlite",
        };
        storage.AcceptOnlyFromAmong("sqlite", "postgres");
        var url = new Option<string?>("--url") { Description = "A running gateway with a virtual clock, instead of a new one." };
        var key = new Option<string?>("--key") { Description = "Administrator key for --url." };
        var limit = new Option<int?>("--limit") { Description = "Replays only the first customers, this many." };
        var command = new Command(
            "telco", "Replays 7,043 real customers over six years of virtual time, over HTTP, and checks every figure to the cent.")
        {
            file, storage, url, key, limit,
        };
        command.SetAction((parsed, cancellationToken) => TelcoRun.RunAsync(
            new TelcoOptions(
                parsed.GetRequiredValue(file), parsed.GetRequiredValue(storage), Gateway(parsed.GetValue(url), parsed.GetValue(key)),
                parsed.GetValue(key), Limit(parsed.GetValue(limit))),
            cancellationToken));
        return command;
    }

    private static Uri? Gateway(string? url, string? key)
    {
        if ((url is null) != (key is null)) throw new BadArgumentException("--url and --key go together.");
        if (url is null) return null;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new BadArgumentException("--url must be an http address.");
    }

    private static int? Limit(int? limit) => limit is null or > 0 ? limit : throw new BadArgumentException("--limit must be at least 1.");
}
