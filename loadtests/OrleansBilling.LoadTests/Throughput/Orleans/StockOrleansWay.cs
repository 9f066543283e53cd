using System.Diagnostics;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Throughput.Ways;

namespace OrleansBilling.LoadTests.Throughput.Orleans;

/// <summary>The same command on grains in Orleans' own grain storage.</summary>
internal sealed class StockOrleansWay(IGrainFactory grains, Subscriptions subscriptions, int callers)
{
    public async Task CallAsync(int caller, Meter meter)
    {
        for (var round = 0L; meter.Running; round++)
        {
            foreach (var number in subscriptions.Of(caller, callers))
            {
                var startedAt = Stopwatch.GetTimestamp();
                await grains.GetGrain<IStockSubscription>(Subscriptions.Id(number))
                    .ChangePaymentMethodAsync(PaymentMethodRequest.Tokens[round % PaymentMethodRequest.Tokens.Length]);
                meter.Record(startedAt, ok: true);
                if (!meter.Running) break;
            }

            meter.RoundDone();
        }
    }
}
