using System.Text.Json;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Calls;

/// <summary>
/// Sends commands to subscriptions anywhere in the cluster. When a silo is lost, the call is retried for a limited time. A
/// command that was not done is always retried. If the outcome is unknown, only a command that is safe to repeat is retried:
/// one with an idempotency key, or one of the runtime itself.
/// </summary>
internal sealed class SubscriptionCalls(Func<string, ISubscriptionGrain> grains, CatalogCache catalog, WireClock clock, TimeProvider time)
{
    /// <summary>How long to retry after a lost silo. Longer than it takes to declare the silo dead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(1);

    private static readonly CommandResult.Unavailable Unknown = new(
        "unknown", "The silo was lost while the command was in flight; repeat it with the same Idempotency-Key.");
    private static readonly CommandResult.Unavailable Busy = new("busy", "Too many commands are waiting for this subscription.");
    private static readonly CommandResult.Unavailable NotDone = new(
        "unavailable", "No silo of the cluster accepts the command; nothing was done.");

    public async ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            subscriptionId,
            envelope,
            static (grain, message) => grain.ExecuteAsync(message),
            static failure => new CommandAnswer(failure),
            cancellationToken);
        try
        {
            return await answer.OpenAsync(catalog, cancellationToken);
        }
        catch (Exception e) when (e is JournalUnavailableException or JsonException)
        {
            // The command may have taken effect, but its result cannot be read now.
            return Unknown;
        }
    }

    /// <summary>Sends the command of an effect, which does not need the subscription's new state.</summary>
    public async ValueTask<EffectAnswer> ReportAsync(string subscriptionId, CommandEnvelope envelope)
    {
        var answer = await AskAsync(
            subscriptionId, envelope, static (grain, message) => grain.ReportAsync(message), EffectMessage.Of, CancellationToken.None);
        return answer.Answer;
    }

    private async ValueTask<TAnswer> AskAsync<TAnswer>(
        string subscriptionId,
        CommandEnvelope envelope,
        Func<ISubscriptionGrain, CommandMessage, Task<TAnswer>> ask,
        Func<CommandResult.Unavailable, TAnswer> failed,
        CancellationToken cancellationToken)
    {
        var repeatable = envelope.Idempotency is not null || envelope.Caller.Role == Role.System;
        var grain = grains(subscriptionId);
        var message = new CommandMessage(envelope, clock.VirtualNow);
        var startedAt = time.GetTimestamp();
        var mayBeDone = false;
        for (var pause = FirstPause; ; pause = pause < LastPause ? pause * 2 : LastPause)
        {
            try
            {
                return await ask(grain, message);
            }
            catch (Exception e) when (CallFaults.Of(e) is { } fault)
            {
                mayBeDone |= fault == CallFault.Unknown;
                if (fault == CallFault.Busy && !mayBeDone) return failed(Busy);
                if (mayBeDone && (!repeatable || time.GetElapsedTime(startedAt) > Patience)) return failed(Unknown);
                if (time.GetElapsedTime(startedAt) > Patience) return failed(NotDone);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
