using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Tests;

public sealed class DueDrainTests
{
    /// <summary>The pump's own pass took the due work. The drain's pass finds nothing, but a charge is in flight.</summary>
    [Fact]
    public async Task It_waits_for_effects_of_a_pass_that_came_between()
    {
        var effects = new OperationsInFlight();
        var drain = DueDrain.RunAsync(
            effects.WhenIdleAsync,
            _ =>
            {
                effects.Begin();
                return Task.FromResult(default(PumpPass));
            },
            CancellationToken.None);

        Assert.False(drain.IsCompleted);
        effects.End();
        Assert.Equal(0, await drain);
    }

    [Fact]
    public async Task It_goes_on_until_nothing_is_due_and_says_how_many_went_on()
    {
        var passes = new Queue<PumpPass>([new PumpPass(3, 2, "s1", 1), new PumpPass(1, 1, null, 0), default]);
        Assert.Equal(3, await DueDrain.RunAsync(_ => Task.CompletedTask, _ => Task.FromResult(passes.Dequeue()), CancellationToken.None));
        Assert.Empty(passes);
    }

    [Fact]
    public async Task It_names_one_of_those_that_cannot_go_on()
    {
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() =>
            DueDrain.RunAsync(_ => Task.CompletedTask, _ => Task.FromResult(new PumpPass(2, 0, "s7", 0)), CancellationToken.None));
        Assert.Equal("2 due subscriptions could not be woken, 's7' among them.", error.Message);
    }
}
