using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.LoadTests.Scenarios.Remote;

/// <summary>Checks that a payment provider we did not start is as slow as the scenario requires.</summary>
internal static class ProviderProbe
{
    /// <exception cref="LoadTestException">The provider is too fast or does not answer.</exception>
    public static async Task RequireAsync(Uri provider, PaymentSimulatorSetup wanted, string tag, CancellationToken cancellationToken)
    {
        using var client = HttpPaymentProvider.CreateClient(provider);
        var payments = new HttpPaymentProvider(
            client, HttpPaymentProvider.DefaultTimeout, TimeProvider.System, NullLogger<HttpPaymentProvider>.Instance);
        var startedAt = Stopwatch.GetTimestamp();
        await payments.ChargeAsync(new ChargeRequest($"{tag}probe:1:1", "tok_ok", 1, "USD", 1, 1), cancellationToken);
        var milliseconds = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
        if (milliseconds < wanted.LatencyMilliseconds)
            throw new LoadTestException(
                $"The provider at {provider} answers within {milliseconds:0} ms, but this scenario needs " +
                $"{wanted.LatencyMilliseconds} ms: start it with Simulator__LatencyMilliseconds={wanted.LatencyMilliseconds}.");
    }
}
