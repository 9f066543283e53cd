using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;
using OrleansBilling.Console.Tests.Harness;

namespace OrleansBilling.Console.Tests;

/// <summary>However many pages are open, the API is asked once, and watched by one loop for each scope.</summary>
public sealed class FiguresDeskTests(ConsoleServer server) : IClassFixture<ConsoleServer>, IAsyncLifetime
{
    private BillingApi api = null!;
    private FiguresDesk desk = null!;

    public ValueTask InitializeAsync()
    {
        api = new BillingApi(() => server.Gateway.Address);
        desk = new FiguresDesk(api, TimeProvider.System, NullLogger<FiguresDesk>.Instance);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await desk.DisposeAsync();
        api.Dispose();
    }

    [Fact]
    public async Task Sessions_of_one_seller_share_a_watch_and_answers_and_those_of_others_do_not()
    {
        var (one, other, stranger) = (await BeginAsync("luna"), await BeginAsync("luna"), await BeginAsync("sol"));
        var asked = 0;
        using var first = desk.Watch(one, () => Task.CompletedTask);
        using (desk.Watch(other, () => Task.CompletedTask))
        using (desk.Watch(stranger, () => Task.CompletedTask))
        {
            Assert.Equal(2, desk.Watched);
            var answers = await Task.WhenAll(new[] { one, other, one }.Select(session => AskAsync(session).AsTask()));
            Assert.Equal([1, 1, 1], answers);
            Assert.Equal(1, asked);
            Assert.Equal(2, await AskAsync(stranger));
        }

        Assert.Equal(1, desk.Watched);

        ValueTask<int> AskAsync(SignedIn session) => desk.AskAsync(
            session, "question", _ => Task.FromResult(Interlocked.Increment(ref asked)), CancellationToken.None);
    }

    [Fact]
    public async Task What_moves_outdates_the_answers()
    {
        var session = await BeginAsync("luna");
        var moved = new TaskCompletionSource();
        using var watch = desk.Watch(session, () =>
        {
            moved.TrySetResult();
            return Task.CompletedTask;
        });
        var before = await FiguresAsync();
        await Task.Delay(1_000);
        Assert.False(moved.Task.IsCompleted);
        await server.CancelAsync("luna25", "no_time");
        await moved.Task.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(before + 1, await FiguresAsync());

        async Task<Int128> FiguresAsync() => await desk.AskAsync(
            session, "canceled", async client => (await client.Statistics.CancellationsAsync()).Canceled, CancellationToken.None);
    }

    private async Task<SignedIn> BeginAsync(string seller)
    {
        var key = await server.KeyAsync($$"""{"role":"seller","seller_id":"{{seller}}"}""");
        return SignedIn.Of(await api.As(key).ConsoleSessions.CreateAsync());
    }
}
