using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>How long a gateway needs until it serves.</summary>
/// <param name="Subscriptions">How many are stored.</param>
/// <param name="ReadySeconds">From the start of the process until it says that it is ready.</param>
/// <param name="FirstCommandSeconds">Until the first command is acknowledged.</param>
internal sealed record StartUp(int Subscriptions, double ReadySeconds, double FirstCommandSeconds);

/// <summary>Starts a gateway on what is stored, and sends one command.</summary>
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
        if (status != 200) throw gateway.Explain(new LoadTestException($"The first command was answered with {status}."));
        return new StartUp(subscriptions.Count, ready.TotalSeconds, Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
    }
}
