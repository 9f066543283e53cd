using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;

namespace OrleansBilling.LoadTests.Recount;

/// <summary>Callers that change payment methods all over the book, each with one command at a time.</summary>
internal sealed class CommandLoad(IBillingRuntime runtime, int subscriptions, int callers) : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task[] running = [];
    private long done;
    private long failed;

    public long Done => Interlocked.Read(ref done);

    public long Failed => Interlocked.Read(ref failed);

    public void Start() => running = [.. Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(new Random(caller))))];

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task CallAsync(Random dice)
    {
        while (!stop.IsCancellationRequested)
        {
            var id = Subscriptions.Id(dice.Next(subscriptions));
            var answer = await runtime.ExecuteAsync(
                id, new CommandEnvelope(new SubscriptionCommand.ChangePaymentMethod("tok_ok"), Caller.Administrator),
                CancellationToken.None);
            if (answer is CommandResult.Accepted) Interlocked.Increment(ref done);
            else Interlocked.Increment(ref failed);
        }
    }
}
