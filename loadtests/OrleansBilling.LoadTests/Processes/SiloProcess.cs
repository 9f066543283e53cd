namespace OrleansBilling.LoadTests.Processes;

/// <summary>A silo as a child process. It joins the silos that share its database.</summary>
internal sealed class SiloProcess(ChildProcess process) : IAsyncDisposable
{
    private const string Assembly = "OrleansBilling.Server.dll";

    public TimeSpan ProcessorTime => process.ProcessorTime;

    /// <summary>Starts several silos on one database, one after the other.</summary>
    /// <param name="count">Number of silos.</param>
    /// <param name="postgres">Connection string.</param>
    /// <param name="payments">The payment provider; null for the simulator inside the silos.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<IReadOnlyList<SiloProcess>> StartAsync(
        int count, string postgres, Uri? payments, CancellationToken cancellationToken)
    {
        var silos = new List<SiloProcess>();
        try
        {
            for (var n = 0; n < count; n++)
            {
                var environment = new Dictionary<string, string>
                {
                    ["Billing__Role"] = "silo",
                    ["Billing__Storage"] = "postgres",
                    ["ConnectionStrings__Billing"] = postgres,
                    ["Billing__Payments"] = payments?.ToString() ?? "simulator",
                };
                silos.Add(new SiloProcess(await ChildProcess.StartAsync(Assembly, [], environment, cancellationToken)));
            }

            return silos;
        }
        catch
        {
            foreach (var silo in silos) await silo.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
