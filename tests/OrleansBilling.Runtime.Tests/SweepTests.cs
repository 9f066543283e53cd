using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Runtime.Background;

namespace OrleansBilling.Runtime.Tests;

public sealed class SweepTests
{
    [Fact]
    public async Task After_a_full_slice_the_next_one_follows_soon()
    {
        var left = 25;
        await using var sweep = new Sweep(
            "Taking", _ => ValueTask.FromResult(Take()), 10, TimeProvider.System, NullLogger<Sweep>.Instance);

        var soon = await sweep.RoundAsync(CancellationToken.None);
        Assert.Equal(soon, await sweep.RoundAsync(CancellationToken.None));
        var later = await sweep.RoundAsync(CancellationToken.None);
        Assert.Equal(later, await sweep.RoundAsync(CancellationToken.None));
        Assert.Equal(0, left);
        Assert.True(soon < later);

        int Take()
        {
            var taken = Math.Min(10, left);
            left -= taken;
            return taken;
        }
    }
}
