using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// Ensures that every group has its pump. Whenever a silo joins or leaves, each other silo calls all pumps. That revives
/// lost pumps and moves pumps that now belong to another silo. Reminders do the same, but only once a minute.
/// </summary>
internal sealed partial class PumpWatch(
    IClusterMembershipService membership, IGrainFactory grains, SiloRuntime silo, TimeProvider time, ILogger<PumpWatch> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private const int AsksMax = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource stopping = new();
    private Task watching = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe(nameof(PumpWatch), ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    public void Dispose() => stopping.Dispose();

    private Task StartAsync(CancellationToken cancellationToken)
    {
        watching = Task.Run(WatchAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await watching.WaitAsync(cancellationToken);
    }

    private async Task WatchAsync()
    {
        try
        {
            var seen = MembershipVersion.MinValue;
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stopping.Token))
            {
                // A newer snapshot was already handled.
                if (snapshot.Version <= seen) continue;
                seen = membership.CurrentSnapshot.Version;
                await Task.WhenAll(Enumerable.Range(0, silo.Stores.Due.GroupCount).Select(EnsureAsync));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Normal shutdown.
        }
    }

    private async Task EnsureAsync(int group)
    {
        for (var ask = 1; ; ask++)
        {
            var reason = "it keeps moving, or has no reminder.";
            try
            {
                if (await grains.GetGrain<IDuePumpGrain>(group).EnsureAsync()) return;
            }
            catch (Exception e) when (CallFaults.Of(e) is not null)
            {
                reason = e.Message;
            }
            catch (Exception e)
            {
                LogFailed(e, group);
                return;
            }

            if (ask == AsksMax)
            {
                LogUnreachable(group, reason);
                return;
            }

            await Task.Delay(Pause, time, stopping.Token);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The due pump of group {Group} could not be reached: {Reason}")]
    private partial void LogUnreachable(int group, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Checking the due pump of group {Group} failed; its reminder checks again.")]
    private partial void LogFailed(Exception exception, int group);
}
