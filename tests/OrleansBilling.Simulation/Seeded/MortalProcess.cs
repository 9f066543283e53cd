using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.Simulation.Seeded;

/// <summary>
/// A process's connection to journal and provider until the process is lost. After that, no request of its host reaches them
/// and no pending answer reaches the host. So work can be interrupted between any two steps.
/// </summary>
public sealed class MortalProcess(SimulatedJournal journal, SimulatedProvider provider) : IJournal, IDueQueue, IPaymentProvider
{
    /// <summary>Its own, so that what waits for it goes with the process.</summary>
    private readonly Task never = new TaskCompletionSource().Task;

    private readonly TaskCompletionSource lost = new();

    /// <summary>Completes when the process is lost.</summary>
    public Task Lost => lost.Task;

    /// <summary>Commits and charges that were done, but whose result never reached the host.</summary>
    public int AnswersLost { get; private set; }

    public int GroupCount => journal.GroupCount;

    public void Kill() => lost.SetResult();

    public ValueTask<CommitOutcome> CommitAsync(JournalCommit commit, CancellationToken cancellationToken) =>
        ChangeAsync(() => journal.CommitAsync(commit, cancellationToken), outcome => outcome == CommitOutcome.Committed);

    public ValueTask<StoredSubscription?> LoadAsync(string subscriptionId, CancellationToken cancellationToken) =>
        AskAsync(() => journal.LoadAsync(subscriptionId, cancellationToken));

    public ValueTask<StoredEventPage> ReadEventsAsync(string subscriptionId, EventRange range, CancellationToken cancellationToken) =>
        AskAsync(() => journal.ReadEventsAsync(subscriptionId, range, cancellationToken));

    public ValueTask<Checkpoint?> FindCheckpointAsync(string subscriptionId, HistoryPoint until, CancellationToken cancellationToken) =>
        AskAsync(() => journal.FindCheckpointAsync(subscriptionId, until, cancellationToken));

    public async ValueTask WriteCheckpointsAsync(
        string subscriptionId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken cancellationToken) => await AskAsync(async () =>
    {
        await journal.WriteCheckpointsAsync(subscriptionId, checkpoints, cancellationToken);
        return true;
    });

    public ValueTask<KnownUsage> FindUsageKeysAsync(
        string subscriptionId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        AskAsync(() => journal.FindUsageKeysAsync(subscriptionId, keys, cancellationToken));

    public ValueTask<IReadOnlyList<StoredKeyPage>> ReadKeyPagesAsync(string subscriptionId, CancellationToken cancellationToken) =>
        AskAsync(() => journal.ReadKeyPagesAsync(subscriptionId, cancellationToken));

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellationToken) =>
        AskAsync(() => journal.IsAvailableAsync(cancellationToken));

    public ValueTask<IReadOnlyList<DueSubscription>> ReadDueAsync(
        int group, Instant now, DueCursor? after, int limit, CancellationToken cancellationToken) =>
        AskAsync(() => journal.ReadDueAsync(group, now, after, limit, cancellationToken));

    public ValueTask<Instant?> ReadNextDueAsync(CancellationToken cancellationToken) =>
        AskAsync(() => journal.ReadNextDueAsync(cancellationToken));

    public ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(() => provider.ChargeAsync(request, cancellationToken), outcome => outcome is PaymentOutcome.Succeeded);

    public ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(() => provider.RefundAsync(request, cancellationToken), outcome => outcome is PaymentOutcome.Succeeded);

    private async ValueTask<T> ChangeAsync<T>(Func<ValueTask<T>> call, Func<T, bool> isDone)
    {
        return await AskAsync(async () =>
        {
            var answer = await call();
            if (Lost.IsCompleted && isDone(answer)) AnswersLost++;
            return answer;
        });
    }

    private async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> call)
    {
        if (Lost.IsCompleted) await never;
        try
        {
            return await call();
        }
        finally
        {
            if (Lost.IsCompleted) await never;
        }
    }
}
