using System.Globalization;

namespace OrleansBilling.LoadTests.Processes;

/// <summary>How the stand-alone payment simulator behaves.</summary>
/// <param name="LatencyMilliseconds">Delay of every answer.</param>
/// <param name="DropAnswerPercent">Share of answers that get lost, so that the outcome of the charge is unknown.</param>
/// <param name="Seed">Seed of its random choices.</param>
internal sealed record PaymentSimulatorSetup(int LatencyMilliseconds, int DropAnswerPercent, long Seed);

/// <summary>The stand-alone payment simulator as a child process, with its own durable book of charges.</summary>
internal sealed class PaymentSimulatorProcess : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly TemporaryDirectory data;

    private PaymentSimulatorProcess(ChildProcess process, TemporaryDirectory data)
    {
        this.process = process;
        this.data = data;
    }

    public Uri Address => process.Address;

    public TimeSpan ProcessorTime => process.ProcessorTime;

    public static async Task<PaymentSimulatorProcess> StartAsync(PaymentSimulatorSetup setup, CancellationToken cancellationToken)
    {
        var data = new TemporaryDirectory();
        try
        {
            var environment = new Dictionary<string, string>
            {
                ["Simulator__BookPath"] = Path.Combine(data.Path, "book.db"),
                ["Simulator__LatencyMilliseconds"] = setup.LatencyMilliseconds.ToString(CultureInfo.InvariantCulture),
                ["Simulator__DropAnswerPercent"] = setup.DropAnswerPercent.ToString(CultureInfo.InvariantCulture),
                ["Simulator__Seed"] = setup.Seed.ToString(CultureInfo.InvariantCulture),
            };
            return new PaymentSimulatorProcess(
                await ChildProcess.StartAsync(
                    "OrleansBilling.PaymentSimulator.dll", ["--urls", "http://127.0.0.1:0"], environment, cancellationToken), data);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        data.Dispose();
    }
}
