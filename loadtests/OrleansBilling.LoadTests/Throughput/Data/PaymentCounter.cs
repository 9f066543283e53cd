using System.Diagnostics;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.LoadTests.Throughput.Data;

/// <summary>A journal that counts the payments committed to another one and records when each tenth of them was reached.</summary>
internal sealed class PaymentCounter(IJournal journal, int expected) : ForwardingJournal(journal)
{
    public const int Parts = 10;
    private const string Payment = "charge_succeeded";
    private readonly long[] tenths = new long[Parts];
    private int count;

    public int Expected => expected;

    public int Count => Volatile.Read(ref count);

    /// <summary>The timestamp at which each tenth was reached.</summary>
    public IReadOnlyList<long> Tenths => tenths;

    public override async ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken)
    {
        var outcome = await Inner.CommitAsync(commit, cancellationToken);
        if (outcome != CommitOutcome.Committed) return outcome;
        foreach (var recorded in commit.Events)
        {
            if (recorded.Type == Payment) Note(Interlocked.Increment(ref count));
        }

        return outcome;
    }

    private void Note(int number)
    {
        for (var part = 1; part <= Parts; part++)
        {
            if (number == (int)((long)expected * part / Parts)) tenths[part - 1] = Stopwatch.GetTimestamp();
        }
    }
}
