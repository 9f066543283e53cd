using System.CommandLine;
using OrleansBilling.LoadTests.Telco;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>telco</c>: replays the customers of a telecom and checks what they come to.</summary>
internal static class TelcoCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "telco-customer-churn.csv", Required = true };
        var storage = new Option<string>("--storage") { Description = "Where the gateway that is started keeps its data.", DefaultValueFactory = _ => "sqlite" };
        storage.AcceptOnlyFromAmong("sqlite", "postgres");
        var url = new Option<Uri?>("--url") { Description = "A running gateway with a virtual clock, instead of one that is started." };
        var key = new Option<string?>("--key") { Description = "An administrator's key for --url." };
        var limit = new Option<int?>("--limit") { Description = "Only the first so many customers." };
        var command = new Command("telco", "Replays 7,043 real customers over six years of virtual time, over HTTP, and checks every figure to the cent.")
        {
            file, storage, url, key, limit,
        };
        command.Validators.Add(result =>
        {
            var address = result.GetValue(url);
            if ((address is null) != (result.GetValue(key) is null)) result.AddError("--url and --key go together.");
            if (address is not null && !(address.IsAbsoluteUri && address.Scheme is "http" or "https")) result.AddError("--url must be an http address.");
            if (result.GetValue(limit) is <= 0) result.AddError("--limit must be at least 1.");
        });
        command.SetAction((parsed, cancellationToken) => TelcoRun.RunAsync(
            new TelcoOptions(parsed.GetRequiredValue(file), parsed.GetRequiredValue(storage), parsed.GetValue(url), parsed.GetValue(key), parsed.GetValue(limit)),
            cancellationToken));
        return command;
    }
}
