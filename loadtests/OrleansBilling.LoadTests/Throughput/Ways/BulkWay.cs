using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Throughput.Ways;

/// <summary>
/// Commands as lines over a few streams. Each stream keeps a fixed number of lines unanswered: for every batch of answers it
/// sends the same number of lines in one chunk.
/// </summary>
internal sealed class BulkWay(Uri address, string key, Subscriptions subscriptions, int streams, int window)
{
    public async Task CallAsync(int caller, Meter meter)
    {
        using var stream = new RawBulkStream();
        await stream.OpenAsync(address, key, CancellationToken.None);
        var unanswered = new Queue<long>(window);
        using var lines = Lines(caller, meter).GetEnumerator();
        var chunk = new MemoryStream();
        await SendAsync(window);
        while (unanswered.Count > 0)
        {
            var (answers, failed) = await stream.ReceiveAsync();
            for (var n = 0; n < answers; n++) meter.Record(unanswered.Dequeue(), ok: n >= failed);
            if (meter.Running) await SendAsync(answers);
        }

        await stream.FinishAsync();

        async ValueTask SendAsync(int count)
        {
            if (count == 0) return;
            chunk.SetLength(0);
            var now = Stopwatch.GetTimestamp();
            for (var n = 0; n < count; n++)
            {
                lines.MoveNext();
                chunk.Write(lines.Current.Span);
                unanswered.Enqueue(now);
            }

            await stream.SendAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length));
        }
    }

    /// <summary>An endless sequence that cycles through the stream's subscriptions.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Lines(int caller, Meter meter)
    {
        var line = PaymentMethodRequest.AsLine();
        for (var round = 0L; ; round++)
        {
            foreach (var number in subscriptions.Of(caller, streams)) yield return line.For(Subscriptions.Id(number), round);
            meter.RoundDone();
        }
    }
}
