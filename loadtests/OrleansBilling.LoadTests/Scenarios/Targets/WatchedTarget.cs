using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>Records when cancellations are sent to another target and when they are acknowledged.</summary>
internal sealed class WatchedTarget(ILoadTarget target, FreshnessLog log) : ILoadTarget
{
    public async ValueTask<CommandAnswer> SendAsync(LoadCommand command)
    {
        if (command.Kind != LoadKind.CancelNow) return await target.SendAsync(command);
        log.Sending();
        var answer = await target.SendAsync(command);
        if (answer.Kind == AnswerKind.Done) log.WasAcknowledged();
        return answer;
    }

    public ValueTask DisposeAsync() => target.DisposeAsync();
}
