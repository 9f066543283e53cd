using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>Four callers that change payment methods, one command after the other, each under its own key.</summary>
internal sealed class CommandLoad : IAsyncDisposable
{
    private const int Callers = 4;
    private readonly CancellationTokenSource stopping = new();
    private readonly ProcessCluster cluster;
    private readonly string[] ids;
    private readonly Task[] callers;
    private int done;

    public CommandLoad(ProcessCluster cluster, string[] ids)
    {
        this.cluster = cluster;
        this.ids = ids;
        callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(() => RunAsync(caller)))];
    }

    public ConcurrentDictionary<string, int> Acknowledged { get; } = new();

    public ConcurrentQueue<string> Failed { get; } = new();

    /// <summary>The longest command since <see cref="ForgetSlowest"/> that has ended.</summary>
    public TimeSpan Slowest { get; private set; }

    public void ForgetSlowest()
    {
        lock (stopping) Slowest = TimeSpan.Zero;
    }

    /// <summary>Completes when this many more commands are done.</summary>
    public async Task RunForAsync(int commands)
    {
        var target = Volatile.Read(ref done) + commands;
        await Eventually.HoldsAsync(
            () => Volatile.Read(ref done) >= target || callers.Any(caller => caller.IsFaulted),
            TimeSpan.FromMinutes(2));
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(callers);
    }

    /// <summary>Checks that no command failed and that each acknowledged one is in its subscription's history exactly once.</summary>
    public async Task RequireEachOnceAsync()
    {
        Assert.Empty(Failed);
        var lives = await cluster.AuditAsync(SystemClock.Instance.GetCurrentInstant());
        foreach (var id in ids)
            Assert.Equal(Acknowledged.GetValueOrDefault(id), lives[id].Count<SubscriptionEvent.PaymentMethodChanged>());
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(callers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task RunAsync(int caller)
    {
        for (var n = caller; !stopping.IsCancellationRequested; n += Callers)
        {
            var id = ids[n % ids.Length];
            var body = new JsonObject { ["token"] = n / ids.Length % 2 == 0 ? "tok_expired_card" : "tok_ok" };
            var took = Stopwatch.StartNew();
            var (status, answer) = await cluster.Client.TryPostAsync($"/v1/subscriptions/{id}/payment-method", body, $"change-{n}");
            lock (stopping) Slowest = took.Elapsed > Slowest ? took.Elapsed : Slowest;
            if ((int)status == 200) Acknowledged.AddOrUpdate(id, 1, (_, count) => count + 1);
            else Failed.Enqueue($"{id}: {answer}");
            Interlocked.Increment(ref done);
        }
    }
}
