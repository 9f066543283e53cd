using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Postgres.Commits;

/// <summary>
/// The statistics of a batch, twice: summed per counter, which is written when every commit won, and per commit, from
/// which the database sums the winners' when some did not. A batch touches few counters, so few rows are written.
/// </summary>
internal sealed class DeltaColumns(NpgsqlCommand command)
{
    private readonly Dictionary<Counter, int> keys = [];
    private readonly ArrayParameter<int> day = new(command, NpgsqlDbType.Integer);
    private readonly ArrayParameter<string> offerId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<short> metric = new(command, NpgsqlDbType.Smallint);
    private readonly ArrayParameter<int> slice = new(command, NpgsqlDbType.Integer);
    private readonly ArrayParameter<long> total = new(command, NpgsqlDbType.Bigint);
    private readonly ArrayParameter<string> partSubscriptionId = new(command, NpgsqlDbType.Text);
    private readonly ArrayParameter<int> partKey = new(command, NpgsqlDbType.Integer);
    private readonly ArrayParameter<long> partValue = new(command, NpgsqlDbType.Bigint);

    public void Clear()
    {
        keys.Clear();
        day.Clear();
        offerId.Clear();
        metric.Clear();
        slice.Clear();
        total.Clear();
        partSubscriptionId.Clear();
        partKey.Clear();
        partValue.Clear();
    }

    public void Add(JournalCommit commit)
    {
        for (var index = 0; index < commit.Deltas.Count; index++)
        {
            var delta = commit.Deltas[index];
            partSubscriptionId.Add(commit.SubscriptionId);
            partKey.Add(AddToTotal(delta));
            partValue.Add(delta.Value);
        }
    }

    /// <summary>The counter's position in the arrays, counted from 1 as SQL does.</summary>
    private int AddToTotal(in StatisticDelta delta)
    {
        var counter = new Counter(delta.OfferId, delta.Day, delta.Metric, delta.Slice ?? StoredNames.NoSlice);
        if (keys.TryGetValue(counter, out var known))
        {
            total[known - 1] = checked(total[known - 1] + delta.Value);
            return known;
        }

        day.Add(counter.Day);
        offerId.Add(counter.OfferId);
        metric.Add((short)counter.Metric);
        slice.Add(counter.Slice);
        total.Add(delta.Value);
        keys.Add(counter, total.Count);
        return total.Count;
    }

    private readonly record struct Counter(string OfferId, int Day, StatisticMetric Metric, int Slice);
}
