using OrleansBilling.Server;

try
{
    await using var server = await ServerHost.OpenAsync(args);
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
catch (OperationCanceledException)
{
    // Told to stop before it had opened everything; what it had is closed again.
    return 0;
}
