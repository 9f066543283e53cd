using System.Text.Json;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;
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
    private static readonly KeyValuePair<string, object?> Answered = new("result", "answered");
    private static readonly KeyValuePair<string, object?> Again = new("result", "again");

    public async ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
    {
        var grain = grains(subscriptionId);
        var message = new CommandMessage(envelope, clock.VirtualNow);
        CommandAnswer answer;
        for (var tries = new Tries(envelope, time); ; await tries.PauseAsync(cancellationToken))
        {
            try
            {
                answer = WaitOf(tries, grain) is { } wait
                    ? await WithinAsync(wait, grain.ExecuteAsync, message)
                    : await grain.ExecuteAsync(message);
                BillingTelemetry.Calls.Add(1, Answered);
                break;
            }
            catch (Exception e) when (CallFaults.Of(e) is { } fault)
            {
                if (EndAfter(fault, ref tries) is { } failure) return failure;
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
                var answer = WaitOf(tries, grain) is { } wait
                    ? await WithinAsync(wait, grain.ReportAsync, message)
                    : await grain.ReportAsync(message);
                BillingTelemetry.Calls.Add(1, Answered);
                return answer.Answer;
            }
            catch (Exception e) when (CallFaults.Of(e) is { } fault)
            {
                if (EndAfter(fault, ref tries) is { } failure) return EffectAnswer.Of(failure);
            }
        }
    }

    private static CommandResult.Unavailable? EndAfter(CallFault fault, ref Tries tries)
    {
        var failure = tries.EndAfter(fault);
        BillingTelemetry.Calls.Add(1, failure is null ? Again : new("result", failure.Code));
        return failure;
    }

    private TimeSpan? WaitOf(in Tries tries, ISubscriptionGrain grain) => tries.Wait is { } wait && !isHere(grain) ? wait : null;

    /// <exception cref="TimeoutException">There is no answer in time, or a silo was lost.</exception>
    private async ValueTask<T> WithinAsync<T>(TimeSpan wait, Func<CommandMessage, ValueTask<T>> send, CommandMessage message)
    {
        // Taken before the call is sent, so that no loss is missed.
        var silo = nextLoss();
        var call = send(message);
        if (call.IsCompleted) return await call;
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
