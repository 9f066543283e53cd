using System.Text.Json;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Calls;

/// <summary>
/// Sends commands to subscriptions anywhere in the cluster. When a silo is lost or hangs, the call is retried for a limited
/// time. A command that was not done is always retried. If the outcome is unknown, only a command that is safe to repeat is
/// retried: one with an idempotency key, or one of the runtime itself.
/// </summary>
/// <param name="isHere">Whether a grain lives in this process, where no call gets lost on the way.</param>
/// <param name="nextLoss">Fires when the next silo is lost; calls in flight that are safe to repeat are then sent again.</param>
internal sealed class SubscriptionCalls(
    Func<string, ISubscriptionGrain> grains, CatalogCache catalog, WireClock clock, TimeProvider time,
    Func<ISubscriptionGrain, bool> isHere, Func<CancellationToken> nextLoss)
{
    public async ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
    {
        var grain = grains(subscriptionId);
        var message = new CommandMessage(envelope, clock.VirtualNow);
        CommandAnswer answer;
        for (var tries = new Tries(envelope, time); ; await tries.PauseAsync(cancellationToken))
        {
            try
            {
                var call = grain.ExecuteAsync(message);
                answer = WaitOf(tries, grain) is { } wait ? await WithinAsync(call, wait) : await call;
                break;
            }
            catch (Exception e) when (CallFaults.Of(e) is { } fault)
            {
                if (tries.EndAfter(fault) is { } failure) return failure;
            }
        }

        try
        {
            return await answer.OpenAsync(catalog, cancellationToken);
        }
        catch (Exception e) when (e is JournalUnavailableException or JsonException)
        {
            // The command may have taken effect, but its answer cannot be read now.
            return Tries.Unknown;
        }
    }

    /// <summary>Sends the command of an effect, which does not need the subscription's new state.</summary>
    public async ValueTask<EffectAnswer> ReportAsync(string subscriptionId, CommandEnvelope envelope)
    {
        var grain = grains(subscriptionId);
        var message = new CommandMessage(envelope, clock.VirtualNow);
        for (var tries = new Tries(envelope, time); ; await tries.PauseAsync(CancellationToken.None))
        {
            try
            {
                var call = grain.ReportAsync(message);
                return (WaitOf(tries, grain) is { } wait ? await WithinAsync(call, wait) : await call).Answer;
            }
            catch (Exception e) when (CallFaults.Of(e) is { } fault)
            {
                if (tries.EndAfter(fault) is { } failure) return EffectAnswer.Of(failure);
            }
        }
    }

    private TimeSpan? WaitOf(in Tries tries, ISubscriptionGrain grain) => tries.Wait is { } wait && !isHere(grain) ? wait : null;

    /// <exception cref="TimeoutException">There is no answer in time, or a silo was lost.</exception>
    private async ValueTask<T> WithinAsync<T>(ValueTask<T> call, TimeSpan wait)
    {
        if (call.IsCompleted) return await call;
        var silo = nextLoss();
        try
        {
            return await call.AsTask().WaitAsync(wait, time, silo);
        }
        catch (OperationCanceledException e) when (silo.IsCancellationRequested)
        {
            throw new TimeoutException("A silo was lost while the command was in flight.", e);
        }
    }
}
