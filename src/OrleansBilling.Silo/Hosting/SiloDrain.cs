namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// A step of graceful shutdown. Runs when no new grain is placed here and the live grains have finished their turns. Waits
/// for provider calls in flight and for their outcomes, which go to the silos that took over. After a timeout, the rest is
/// left to the payments' watchdogs.
/// </summary>
internal sealed partial class SiloDrain(
    SiloRuntime runtime, SiloOptions options, ILogger<SiloDrain> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);

        // Stages stop in descending order: this runs after grains are deactivated and before messaging stops.
        lifecycle.Subscribe(nameof(SiloDrain), ServiceLifecycleStage.ApplicationServices, _ => Task.CompletedTask, DrainAsync);
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await runtime.Effects.WhenIdleAsync(cancellationToken).WaitAsync(options.StopTimeout, runtime.Time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogTimedOut();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Draining timed out; payments in flight are left to their watchdogs.")]
    private partial void LogTimedOut();
}
