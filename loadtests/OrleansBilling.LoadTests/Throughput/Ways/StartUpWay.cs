using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>The start-up time of a gateway.</summary>
/// <param name="Subscriptions">Number of stored subscriptions.</param>
/// <param name="ReadySeconds">From the start of the process until it reports that it is ready.</param>
/// <param name="FirstCommandSeconds">From the start of the process until the first command is acknowledged.</param>
internal sealed record StartUp(int Subscriptions, double ReadySeconds, double FirstCommandSeconds);

/// <summary>Starts a gateway on the stored subscriptions and sends one command.</summary>
internal static class StartUpWay
{
    public static async Task<StartUp> RunAsync(string connectionString, Subscriptions subscriptions, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Postgres = connectionString }, cancellationToken);
        var ready = Stopwatch.GetElapsedTime(startedAt);
        using var connection = new RawConnection();
        await connection.ConnectAsync(gateway.Address, cancellationToken);
        var status = await connection.ExchangeAsync(
            PaymentMethodRequest.OverHttp(gateway.Address, gateway.Key).For(Subscriptions.Id(subscriptions.Count / 2), 0));
        if (status != 200) throw gateway.Explain(new LoadTestException($"The first command failed with status {status}."));
        return new StartUp(subscriptions.Count, ready.TotalSeconds, Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
    }
}
