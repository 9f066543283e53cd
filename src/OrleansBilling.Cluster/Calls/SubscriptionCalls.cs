using System.Text.Json;
using OrleansBilling.Cluster.Grains;
using OrleansBilling.Cluster.Wire;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Cluster.Calls;

/// <summary>
/// Commands to subscriptions anywhere in the cluster. A silo that was lost is survived by asking again, for a bounded
/// time: always when nothing was done; when nobody knows, only a command that repeats without harm, which is one with an
/// idempotency key, or one of the runtime itself.
/// </summary>
internal sealed class SubscriptionCalls(Func<string, ISubscriptionGrain> grains, CatalogCache catalog, WireClock clock, TimeProvider time)
{
    /// <summary>For how long a lost silo is asked again; longer than it takes to declare it dead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(1);

    public async ValueTask<CommandResult> ExecuteAsync(string subscriptionId, CommandEnvelope envelope, CancellationToken cancellationToken)
    {
        var repeatable = envelope.Idempotency is not null || envelope.Caller.Role == Role.System;
        var grain = grains(subscriptionId);
        var message = new CommandMessage { Body = CommandCodec.Encode(envelope), VirtualNow = clock.VirtualNow };
        var startedAt = time.GetTimestamp();
        var mayBeDone = false;
        for (var pause = FirstPause; ; pause = pause < LastPause ? pause * 2 : LastPause)
        {
            try
            {
                var answer = await grain.ExecuteAsync(message);
                return await DecodeAsync(answer, cancellationToken);
            }
            catch (Exception e) when (CallFaults.Of(e) is { } fault)
            {
                mayBeDone |= fault == CallFault.Unknown;
                if (fault == CallFault.Busy && !mayBeDone) return new CommandResult.Unavailable("busy", "Too many commands wait for this subscription.");
                if (mayBeDone && (!repeatable || time.GetElapsedTime(startedAt) > Patience)) return Unknown;
                if (time.GetElapsedTime(startedAt) > Patience) return new CommandResult.Unavailable("unavailable", "No silo of the cluster takes the command; nothing was done.");
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async ValueTask<CommandResult> DecodeAsync(CommandAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await ResultCodec.DecodeAsync(answer.Body, catalog, cancellationToken);
        }
        catch (Exception e) when (e is JournalUnavailableException or JsonException)
        {
            // It may well have been done, but what the answer says cannot be told now.
            return Unknown;
        }
    }

    private static CommandResult.Unavailable Unknown { get; } =
        new("unknown", "The silo was lost in flight; repeat with the same Idempotency-Key.");
}
