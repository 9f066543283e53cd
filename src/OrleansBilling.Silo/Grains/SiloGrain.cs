using Orleans.Concurrency;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Grains;

/// <summary>Answers questions about the silo that it runs on.</summary>
[NamedSiloPlacement, Reentrant, GrainType("orleans_billing.silo")]
internal sealed class SiloGrain(SiloRuntime silo, PumpBoard pumps, RingResidents residents) : Grain, ISiloGrain
{
    /// <summary>Shorter than the time after which the silo itself counts as silent.</summary>
    private static readonly TimeSpan DatabaseMax = TimeSpan.FromMilliseconds(500);

    public Task<bool> AreEffectsIdleAsync() => silo.WithinPollAsync(silo.Effects.WhenIdleAsync(CancellationToken.None));

    public async Task<SiloReport> ReadReportAsync()
    {
        var databaseAnswers = await DatabaseAnswersAsync();
        return SiloReport.Of(new SiloFigures(
            ProgramVersion.Text, residents.Count, databaseAnswers, BillingTelemetry.CommitsWaiting.Now, silo.Effects.Count,
            pumps.Quarantined, [.. pumps.Read()]));
    }

    private async Task<bool> DatabaseAnswersAsync()
    {
        try
        {
            return await silo.Stores.Journal.IsAvailableAsync(CancellationToken.None).AsTask().WaitAsync(DatabaseMax, silo.Time);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
