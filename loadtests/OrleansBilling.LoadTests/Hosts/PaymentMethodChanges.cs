using System.Diagnostics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;
using OrleansBilling.Simulation.Turns;
using Meter = OrleansBilling.LoadTests.Measuring.Meter;

namespace OrleansBilling.LoadTests.Hosts;

/// <summary>A caller that changes payment methods across all subscriptions, one command at a time. It affects no counter.</summary>
internal static class PaymentMethodChanges
{
    public static async Task SendAsync(TurnHost runtime, int subscriptions, int caller, Meter meter)
    {
        var dice = new LoadDice(caller);
        var change = new CommandEnvelope(new SubscriptionCommand.ChangePaymentMethod("tok_ok"), Caller.Administrator);
        for (var roll = 0L; meter.Running; roll++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var answer = await runtime.ExecuteAsync(Subscriptions.Id(dice.Below(subscriptions, roll)), change, CancellationToken.None);
            meter.Record(startedAt, answer is CommandResult.Accepted);
        }
    }
}
