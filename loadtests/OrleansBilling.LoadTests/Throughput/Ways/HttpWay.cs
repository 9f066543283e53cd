using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>One command per request. Each caller has its own kept-alive connection, without pipelining.</summary>
internal sealed class HttpWay(Uri address, string key, Subscriptions subscriptions, int connections)
{
    /// <summary>Body length of the last response to any caller.</summary>
    public int AnswerBytes { get; private set; }

    public async Task CallAsync(int caller, Meter meter)
    {
        using var connection = new RawConnection();
        await connection.ConnectAsync(address, CancellationToken.None);
        var request = PaymentMethodRequest.OverHttp(address, key);
        for (var round = 0L; meter.Running; round++)
        {
            foreach (var number in subscriptions.Of(caller, connections))
            {
                var bytes = request.For(Subscriptions.Id(number), round);
                var startedAt = Stopwatch.GetTimestamp();
                var status = await connection.ExchangeAsync(bytes);
                meter.Record(startedAt, status == 200);
                if (!meter.Running) break;
            }

            meter.RoundDone();
        }

        AnswerBytes = connection.Body.Length;
    }
}
