using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>
/// One run over the book. It reads snapshots page by page, ordered by id, and never writes. Memory holds a page
/// and the sums, whatever the size of the book. Subscriptions are independent and sums are integers, so the
/// number of threads does not change the result.
/// </summary>
internal sealed class SimulationRun(
    WhatIfQuestion question, ISubscriptionDirectory directory, SubscriptionReader reader, SimulationOptions options)
{
    private long done;

    /// <summary>Subscriptions run so far.</summary>
    public long Done => Interlocked.Read(ref done);

    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    /// <exception cref="OperationCanceledException">Canceled, or out of time.</exception>
    /// <exception cref="OverflowException">The changed terms give a subscription an amount that does not fit 64 bits.</exception>
    public async Task<SimulationResult> RunAsync(CancellationToken cancellationToken)
    {
        var assumptions = question.Assumptions;
        var changer = new TermsChanger(question.Changes, assumptions);
        var course = new Course(
            question.Seed, new MonthGrid(question.From, question.Months),
            LifeDice.ChanceOf(assumptions.PaymentSuccess), LifeDice.ChanceOf(assumptions.RetrySuccess), options.StepsMax);
        var workers = new SimulationWorker[options.WorkersMax];
        for (var n = 0; n < workers.Length; n++) workers[n] = new SimulationWorker(question, reader, changer, course);

        for (string? after = null; ;)
        {
            var page = await directory.ListAsync(question.Scope, after, options.PageMax, cancellationToken);
            var turns = new PageTurns(page);
            await Task.WhenAll(workers.Select(worker => StartAsync(() => WorkAsync(worker, turns, cancellationToken), cancellationToken)));
            if (page.Count < options.PageMax) return Sum(workers);
            after = page[^1].SubscriptionId;
        }
    }

    private Task StartAsync(Func<Task> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach, options.Scheduler).Unwrap();

    private async Task WorkAsync(SimulationWorker worker, PageTurns turns, CancellationToken cancellationToken)
    {
        while (turns.Next() is { } stored)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await worker.RunAsync(stored, cancellationToken)) Interlocked.Increment(ref done);

            // Give up the thread after each life, so that waiting live commands go first.
            await Task.Yield();
        }
    }

    private SimulationResult Sum(SimulationWorker[] workers)
    {
        var sums = new SortedDictionary<string, (Figures Baseline, Figures Changed)>(StringComparer.Ordinal);
        var taken = 0L;
        var cutShort = 0L;
        foreach (var worker in workers)
        {
            taken += worker.Taken;
            cutShort += worker.CutShort;
            foreach (var (currency, figures) in worker.Sums)
            {
                if (!sums.TryGetValue(currency, out var sum))
                    sums[currency] = sum = (new Figures(question.Months), new Figures(question.Months));
                sum.Baseline.Add(figures.Baseline);
                sum.Changed.Add(figures.Changed);
            }
        }

        return new SimulationResult(
            taken, question.IsSampled ? question.BookSize : taken, cutShort,
            [.. sums.Select(pair => new CurrencyFigures(pair.Key, RunFigures.Of(pair.Value.Baseline), RunFigures.Of(pair.Value.Changed)))]);
    }

    /// <summary>Hands out the subscriptions of a page to workers, one at a time.</summary>
    private sealed class PageTurns(IReadOnlyList<StoredSubscription> page)
    {
        private int dealt = -1;

        public StoredSubscription? Next() => Interlocked.Increment(ref dealt) is var n && n < page.Count ? page[n] : null;
    }
}
