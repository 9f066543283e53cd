using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Throughput.Data;
using OrleansBilling.Runtime;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>
/// Usage in bursts: every command brings <see cref="Burst"/> new usage events, and all callers keep to the same few
/// subscriptions. Each event has an id of its own, which the database remembers.
/// </summary>
internal sealed class UsageWay(IBillingRuntime runtime, Subscriptions subscriptions)
{
    /// <summary>Usage events in a command.</summary>
    public const int Burst = 100;

    public async Task CallAsync(int caller, Meter meter)
    {
        var id = Subscriptions.Id(caller % subscriptions.Count);
        for (var round = 0; meter.Running; round++)
        {
            var command = new SubscriptionCommand.RecordUsage(EventsOf(caller, round));
            var startedAt = Stopwatch.GetTimestamp();
            var result = await runtime.ExecuteAsync(id, new CommandEnvelope(command, Caller.Administrator), CancellationToken.None);
            meter.Record(startedAt, result is CommandResult.Accepted);
            if (round == 0) meter.RoundDone();
        }
    }

    private static ImmutableArray<UsageEntry> EventsOf(int caller, int round)
    {
        var events = ImmutableArray.CreateBuilder<UsageEntry>(Burst);
        for (var n = 0; n < Burst; n++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{caller}-{round}-{n}");
            events.Add(new UsageEntry(id, ThroughputCatalog.MeterId, 1, At: null, Key: null));
        }

        return events.MoveToImmutable();
    }
}
