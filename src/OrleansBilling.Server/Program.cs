using OrleansBilling.Server;
using OrleansBilling.Server.Composition;

try
{
    if (args.Contains(Migration.Argument))
    {
        await Migration.RunAsync(args);
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

// Null if a signal stopped the process while it was opening. Whatever was open is closed.
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
