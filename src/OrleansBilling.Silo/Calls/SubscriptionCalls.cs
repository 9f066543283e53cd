using System.Text.Json;
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
    public async ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
    {
        var grain = grains(subscriptionId);
        var message = new CommandMessage(envelope, clock.VirtualNow);
        CommandAnswer answer;
        for (var tries = new Tries(envelope, time); ; await tries.PauseAsync(cancellationToken))
        {
            try
            {
                answer = await grain.ExecuteAsync(message);
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
                return (await grain.ReportAsync(message)).Answer;
            }
            catch (Exception e) when (CallFaults.Of(e) is { } fault)
            {
                if (tries.EndAfter(fault) is { } failure) return EffectAnswer.Of(failure);
            }
        }
    }
}
