using System.Diagnostics;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.LoadTests.Throughput.Measuring;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>The journal alone, fed with commits whose bytes are ready: no grain, no decision, no JSON.</summary>
internal sealed class JournalWay(IJournal journal, Subscriptions subscriptions, SampleCommit sample, int callers)
{
    public async Task CallAsync(int caller, Meter meter)
    {
        for (var version = sample.FirstVersion; meter.Running; version++)
        {
            foreach (var number in subscriptions.Of(caller, callers))
            {
                var startedAt = Stopwatch.GetTimestamp();
                var outcome = await journal.CommitAsync(sample.For(Subscriptions.Id(number), version), CancellationToken.None);
                meter.Record(startedAt, outcome == CommitOutcome.Committed);
                if (!meter.Running) return;
            }

            meter.RoundDone();
        }
    }
}
