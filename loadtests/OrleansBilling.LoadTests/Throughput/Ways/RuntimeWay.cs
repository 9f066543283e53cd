using System.Diagnostics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.Runtime;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>Commands through runtime and journal, without HTTP.</summary>
internal sealed class RuntimeWay(IBillingRuntime runtime, Subscriptions subscriptions, int callers)
{
    private static readonly CommandEnvelope[] Commands =
        [.. PaymentMethodRequest.Tokens.Select(
            token => new CommandEnvelope(new SubscriptionCommand.ChangePaymentMethod(token), Caller.Administrator))];

    public async Task CallAsync(int caller, Meter meter)
    {
        for (var round = 0L; meter.Running; round++)
        {
            foreach (var number in subscriptions.Of(caller, callers))
            {
                var startedAt = Stopwatch.GetTimestamp();
                var result = await runtime.ExecuteAsync(
                    Subscriptions.Id(number), Commands[round % Commands.Length], CancellationToken.None);
                meter.Record(startedAt, result is CommandResult.Accepted);
                if (!meter.Running) break;
            }

            meter.RoundDone();
        }
    }
}
