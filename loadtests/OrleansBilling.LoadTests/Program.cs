using System.CommandLine;
using OrleansBilling.LoadTests;
using OrleansBilling.LoadTests.CommandLine;

var root = new RootCommand(
    "Load tests of Orleans Billing: a replay of real customers, throughput against baselines, and the load of a marketplace.")
{
    TelcoCommand.Create(),
    ThroughputCommand.Create(),
    HistoryCommand.Create(),
    ScenarioCommand.Create(),
    JoinCommand.Create(),
    NoisyCommand.Create(),
    StartCommand.Create(),
    FeedCommand.Create(),
    WebhooksCommand.Create(),
    ListsCommand.Create(),
    RecountCommand.Create(),
    MigrationCommand.Create(),
    ServeConstantCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("See --help.");
    return ExitCode.BadArguments;
}

// Ctrl-C cancels. Child processes and databases are then disposed in order, which takes a moment.
var invocation = new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
};
try
{
    return await parsed.InvokeAsync(invocation);
}
catch (BadArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.BadArguments;
}
catch (LoadTestException exception)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.Failed;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return ExitCode.Interrupted;
}
