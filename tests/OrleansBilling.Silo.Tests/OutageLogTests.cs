using System.Text.RegularExpressions;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>While the database is away, Orleans asks for it again and again. The log says so once a minute.</summary>
[Collection(ProcessCluster.Collection)]
public sealed partial class OutageLogTests
{
    [PostgresFact]
    public async Task A_database_that_is_away_does_not_fill_the_log()
    {
        await using var postgres = await PostgresServer.StartNewAsync(durable: false);
        await using var cluster = await ProcessCluster.StartAsync(
            silos: 1, virtualClock: false, database: await postgres.CreateBillingDatabaseAsync("outage"),
            more: new Dictionary<string, string> { ["Logging__Console__FormatterName"] = "json" });
        await postgres.StopAsync();

        // Five seconds later. The gateway looks for silos once a second.
        await Eventually.HoldsAsync(() => cluster.Silos[0].Output.Contains("has not read due work for", StringComparison.Ordinal));
        await Eventually.HoldsAsync(() => LibraryLog.Count(cluster.Gateway.Output).Count > 0);
        await postgres.StartAsync();
        Assert.Equal(0, await cluster.Gateway.TerminateAsync());

        foreach (var process in cluster.Silos.Append(cluster.Gateway))
            Assert.All(LibraryLog.Count(process.Output), kind => Assert.Equal(1, kind.Value));
        Assert.Matches(Repeated(), cluster.Gateway.Output);
    }

    [GeneratedRegex(@"Repeated [1-9]\d* more times within a minute: Orleans\.Messaging\.GatewayManager")]
    private static partial Regex Repeated();
}
