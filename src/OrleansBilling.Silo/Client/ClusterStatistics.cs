using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Client;

/// <summary>Statistics from the cluster's grains, which share answers among all gateways. Falls back to the journal.</summary>
internal sealed partial class ClusterStatistics(
    IStatisticsStore store, IStatisticsRecount recount, IClusterLink cluster, ILogger<ClusterStatistics> logger) : IStatisticsStore
{
    public async ValueTask<IReadOnlyList<StatisticRow>> ReadAsync(
        StatisticsFilter filter, StatisticsRange range, StatisticsGrouping grouping, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (await recount.IsRebuildingAsync(cancellationToken)) throw new StatisticsRebuildingException();
        if (cluster.Grains is { } grains)
        {
            var question = StatisticsQuestion.Of(filter, range, grouping);
            try
            {
                var answer = await grains.GetGrain<IStatisticsGrain>(StatisticsScope.Of(question)).AskAsync(question);
                return answer.Unavailable is { } reason ? throw new JournalUnavailableException(reason) : answer.Rows;
            }
            catch (Exception e) when (e is not JournalUnavailableException)
            {
                // Whatever failed in the grain, the journal has the same figures.
                LogNoAnswer(e.Message);
            }
        }

        return await store.ReadAsync(filter, range, grouping, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<int, string>> FindNamesAsync(
        IReadOnlyCollection<int> numbers, CancellationToken cancellationToken) =>
        store.FindNamesAsync(numbers, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster did not answer about statistics; reading the journal: {Reason}")]
    private partial void LogNoAnswer(string reason);
}
