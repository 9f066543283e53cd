using System.Diagnostics;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>The journal alone, with commits that are already encoded: no grain, no decision, no JSON.</summary>
internal sealed class JournalWay(IJournal journal, long[] versions, SampleCommit sample, int callers)
{
    private readonly Subscriptions subscriptions = new(versions.Length);

    public async Task CallAsync(int caller, Meter meter)
    {
        while (meter.Running)
        {
            foreach (var number in subscriptions.Of(caller, callers))
            {
                var startedAt = Stopwatch.GetTimestamp();
                var outcome = await journal.CommitAsync(sample.For(Subscriptions.Id(number), versions[number]), CancellationToken.None);
                var committed = outcome == CommitOutcome.Committed;
                if (committed) versions[number]++;
                meter.Record(startedAt, committed);
                if (!meter.Running) return;
            }

            meter.RoundDone();
        }
    }
}
