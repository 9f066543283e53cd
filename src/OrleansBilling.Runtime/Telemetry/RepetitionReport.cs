using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>Writes how often lines were repeated: one line a minute for each kind, and the rest when the process stops.</summary>
internal sealed partial class RepetitionReport(RepetitionSampler repetitions, TimeProvider time, ILogger<RepetitionReport> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Tell(all: true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Tell(all: false);
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Tell(bool all)
    {
        foreach (var (kind, count) in repetitions.TakeRepeated(all)) LogRepeated(count, kind);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Repeated {Count} more times within a minute: {Kind}")]
    private partial void LogRepeated(int count, LineKind kind);
}
