using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Statistics;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>The batch's additions to statistics, summed per counter.</summary>
internal sealed class StatisticColumns(NpgsqlCommand command)
{
    private readonly ArrayParameter<int> day = new(command, NpgsqlDbType.Integer);
    private readonly ArrayParameter<string> offerId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<short> metric = new(command, NpgsqlDbType.Smallint);
    private readonly ArrayParameter<int> slice = new(command, NpgsqlDbType.Integer);
    private readonly SummedColumns<Counter> sums = new(command);

    public void Clear()
    {
        day.Clear();
        offerId.Clear();
        metric.Clear();
        slice.Clear();
        sums.Clear();
    }

    public void Add(JournalCommit commit, int place, IReadOnlyDictionary<string, int> numbers)
    {
        for (var index = 0; index < commit.Deltas.Count; index++)
        {
            var delta = commit.Deltas[index];
            var counter = new Counter(delta.OfferId, delta.Day, delta.Metric, StatisticNames.SliceOf(delta, numbers));
            if (!sums.Add(place, counter, delta.Value)) continue;
            day.Add(counter.Day);
            offerId.Add(counter.OfferId);
            metric.Add((short)counter.Metric);
            slice.Add(counter.Slice);
        }
    }

    private readonly record struct Counter(string OfferId, int Day, StatisticMetric Metric, int Slice);
}
