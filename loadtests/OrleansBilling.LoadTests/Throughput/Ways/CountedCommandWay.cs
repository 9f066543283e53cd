using System.Diagnostics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Freshness;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.Runtime;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>
/// Commands that change as many counters as any: each subscription is canceled immediately, and reactivated without a charge
/// in the next round. Either command changes about ten counters.
/// </summary>
internal sealed class CountedCommandWay(IBillingRuntime runtime, Subscriptions subscriptions, int callers, FreshnessLog log)
{
    private static readonly CommandEnvelope Cancel = Ask(
        new SubscriptionCommand.Cancel(EffectiveAt.Now, "load", null, CancellationRefund.None, CancellationOrigin.Customer));
    private static readonly CommandEnvelope Reactivate = Ask(new SubscriptionCommand.Reactivate(ChargeNow: false, PaymentToken: null));

    public async Task CallAsync(int caller, Meter meter)
    {
        for (var cancels = true; meter.Running; cancels = !cancels)
        {
            foreach (var number in subscriptions.Of(caller, callers))
            {
                if (cancels) log.Sending();
                var startedAt = Stopwatch.GetTimestamp();
                var result = await runtime.ExecuteAsync(
                    Subscriptions.Id(number), cancels ? Cancel : Reactivate, CancellationToken.None);
                var accepted = result is CommandResult.Accepted;
                if (cancels && accepted) log.WasAcknowledged();
                meter.Record(startedAt, accepted);
                if (!meter.Running) return;
            }

            meter.RoundDone();
        }
    }

    private static CommandEnvelope Ask(SubscriptionCommand command) => new(command, Caller.Administrator);
}
