using OrleansBilling.Gateway.Hosting;

try
{
    await using var gateway = await GatewayHost.OpenAsync(args);
    if (gateway.NewAdminKey is { } key) Console.WriteLine($"Admin key, shown only this once: {key}");
    await gateway.StartAsync(CancellationToken.None);
    await gateway.WaitForShutdownAsync(CancellationToken.None);
    return 0;
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync($"orleans-billing: {e.Message}");
    return 1;
}
