using OrleansBilling.Cluster.Hosting;

try
{
    await using var silo = await SiloHost.OpenAsync(args, new SiloOptions(), CancellationToken.None);
    await silo.StartAsync(CancellationToken.None);
    await silo.WaitForShutdownAsync(CancellationToken.None);
    return 0;
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync($"orleans-billing-silo: {e.Message}");
    return 1;
}
