using OrleansBilling.Server;
using OrleansBilling.Server.Composition;

try
{
    if (args.Contains(Migration.Argument))
    {
        await Migration.RunAsync(args);
        return 0;
    }

    if (args.Contains(ListRebuilding.Argument))
    {
        await ListRebuilding.RunAsync(args);
        return 0;
    }

    if (args.Contains(Recounting.Argument))
    {
        await Recounting.RunAsync(args);
        return 0;
    }

    if (args.Contains(PersonMoving.Argument))
    {
        await PersonMoving.RunAsync(args);
        return 0;
    }

    await using var server = await OpenAsync(args);
    if (server is null) return 0;
    if (server.NewAdminKey is { } key) Console.WriteLine($"Admin key, shown only this once: {key}");
    await server.StartAsync(CancellationToken.None);
    await server.WaitForShutdownAsync(CancellationToken.None);
    return 0;
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync($"orleans-billing: {e.Message}");
    return 1;
}

// Returns null if a signal stopped the process during opening. By then, everything that it had opened is closed.
static async Task<ServerHost?> OpenAsync(string[] arguments)
{
    try
    {
        return await ServerHost.OpenAsync(arguments);
    }
    catch (OperationCanceledException)
    {
        return null;
    }
}
