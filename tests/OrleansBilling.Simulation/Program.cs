using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OrleansBilling.Simulation;

var minutes = new Option<double>("--minutes")
{
    Description = "Minutes to run; 0 runs one world with the given seed.", DefaultValueFactory = _ => 10,
};
var seed = new Option<int?>("--seed") { Description = "Seed of the first world; random by default." };
var command = new RootCommand("Simulates subscriptions under faults. Each world is reproducible by its seed.") { minutes, seed };
command.SetAction(async parsed =>
{
    var length = TimeSpan.FromMinutes(parsed.GetValue(minutes));
    var first = parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(1, 1_000_000_000);
    var soak = new Soak(first);
    Console.WriteLine($"Running worlds from seed {first} on {Environment.ProcessorCount} processors.");
    var started = Stopwatch.GetTimestamp();
    try
    {
        if (length > TimeSpan.Zero) await soak.RunAsync(length);
        else soak.RunOne(first);
    }
    catch (BrokenWorldException e)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }

    var report = soak.Report;
    var hours = Stopwatch.GetElapsedTime(started).TotalHours;
    var years = report.SimulatedYears;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        {report.Worlds:N0} worlds of {Soak.Subscriptions} subscriptions, {years:N0} simulated years, {years / hours:N0} an hour
        {report.Acknowledged:N0} commands accepted, {report.Faults:N0} faults injected, {report.LawsChecked:N0} laws checked, none broken
        """));
    return 0;
});
return await command.Parse(args).InvokeAsync();
