using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Client;

/// <summary>Asks every silo how it is doing. The members are those that the first silo to answer knows.</summary>
internal sealed partial class ClusterView(IClusterLink link, int dueGroups, TimeProvider time, ILogger<ClusterView> logger) : IClusterView
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(1);

    public async ValueTask<ClusterFigures> ReadAsync(CancellationToken cancellationToken)
    {
        var grains = link.Grains ?? throw new JournalUnavailableException(ClusterHost.NotReached);
        var members = await FindMembersAsync(grains, cancellationToken);
        var silos = await Task.WhenAll(members.Order(StringComparer.Ordinal).Select(member => AskAsync(grains, member, cancellationToken)));
        return new ClusterFigures(dueGroups, [.. silos]);
    }

    /// <summary>Asks through all pumps, because each is on a silo that may hang.</summary>
    private async Task<string[]> FindMembersAsync(IGrainFactory grains, CancellationToken cancellationToken)
    {
        var questions = Enumerable.Range(0, dueGroups)
            .Select(group => grains.GetGrain<IDuePumpGrain>(group).ReadSilosAsync().WaitAsync(AnswerMax, time, cancellationToken))
            .ToList();
        Exception? reason = null;
        await foreach (var answer in Task.WhenEach(questions).WithCancellation(cancellationToken))
        {
            if (answer.IsCompletedSuccessfully) return await answer;
            reason = answer.Exception?.InnerException;
        }

        throw new JournalUnavailableException($"No silo of the cluster answers: {reason?.Message}", reason);
    }

    private async Task<SiloView> AskAsync(IGrainFactory grains, string address, CancellationToken cancellationToken)
    {
        try
        {
            var report = await grains.GetGrain<ISiloGrain>(address).ReadReportAsync().WaitAsync(AnswerMax, time, cancellationToken);
            return new SiloView(address, report.ToFigures());
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // It hangs, is gone, or is of a version that has no report.
            LogNoReport(address, e.Message);
            return new SiloView(address, null);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Address} did not say how it is doing: {Reason}")]
    private partial void LogNoReport(string address, string reason);
}
