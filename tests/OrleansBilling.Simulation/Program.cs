using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OrleansBilling.Simulation;

var minutes = new Option<double>("--minutes")
{
    Description = "How long; 0 is one world, of the seed given.", DefaultValueFactory = _ => 10,
};
var seed = new Option<int?>("--seed") { Description = "Of the first world; without, dice choose it." };
var command = new RootCommand("Lives of subscriptions under faults, each world from a seed that repeats it.") { minutes, seed };
command.SetAction(async parsed =>
{
    var length = TimeSpan.FromMinutes(parsed.GetValue(minutes));
    var first = parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(1, 1_000_000_000);
    var soak = new Soak(first);
    Console.WriteLine($"Worlds from seed {first} on, on {Environment.ProcessorCount} processors.");
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
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        {report.Worlds:N0} worlds of {Soak.Subscriptions} subscriptions, {report.SimulatedYears:N0} simulated years, {report.SimulatedYears / hours:N0} an hour
        {report.Acknowledged:N0} commands accepted, {report.Faults:N0} faults injected, {report.LawsChecked:N0} laws checked, none broken
        """));
    return 0;
});
return await command.Parse(args).InvokeAsync();
