using System.Globalization;
using OrleansBilling.Fuzz.Tests;
using Xunit.Runner.InProc.SystemConsole;

// dotnet test starts this program too. Its arguments are those of xunit, and none of them begins with two dashes.
if (args is [var first, ..] && !first.StartsWith("--", StringComparison.Ordinal)) return await ConsoleRunner.Run(args);

// dotnet run -c Release --project tests/OrleansBilling.Fuzz.Tests -- --requests 100000 --seed 7
var requests = Read("--requests", FuzzRun.RequestsDefault);
var seed = Read("--seed", FuzzRun.SeedDefault);
var report = await FuzzRun.RunAsync(seed, requests);
Console.WriteLine(report);
return report.Faults.Count == 0 ? 0 : 1;

int Read(string name, int otherwise)
{
    var at = Array.IndexOf(args, name);
    return at < 0 ? otherwise : int.Parse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture);
}
