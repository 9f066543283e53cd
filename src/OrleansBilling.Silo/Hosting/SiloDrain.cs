namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// Part of leaving in good order: once no new grain is placed here and the live ones have finished their turns, waits for
/// provider calls under way and their outcomes, which go to the silos that took over. What takes too long is left to the
/// payments' watchdogs.
/// </summary>
internal sealed partial class SiloDrain(
    SiloRuntime runtime, SiloOptions options, ILogger<SiloDrain> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);

        // Stages are left in descending order: behind the deactivation of grains, ahead of the end of messaging.
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Draining took too long; payments under way are left to their watchdogs.")]
    private partial void LogTimedOut();
}
