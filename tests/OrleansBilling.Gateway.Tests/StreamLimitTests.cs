using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Idle streams of POST /v1/commands end, and each caller may only open a few.</summary>
public sealed class StreamLimitTests
{
    [Fact]
    public async Task A_stream_that_rests_is_told_so_and_ends()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:StreamIdleSeconds=1");
        await gateway.SellAsync();
        using var stream = await LiveStream.OpenAsync(gateway);
        await stream.SendAsync("nonsense");
        Assert.Equal(400, BulkStreams.Status((await stream.ReadAsync())!.Value));

        var last = (await stream.ReadAsync())!.Value;
        Assert.Equal((408, "stream_idle", 2), (BulkStreams.Status(last), BulkStreams.Code(last), last.GetProperty("line").GetInt32()));
        Assert.Null(await stream.ReadAsync());
    }

    [Fact]
    public async Task A_caller_has_a_few_streams_at_a_time_and_others_have_theirs()
    {
        await using var gateway = await TestGateway.StartAsync("--Billing:StreamsPerCaller=2");
        using var first = await OpenAsync(gateway);
        using var second = await OpenAsync(gateway);
        (await gateway.Admin.StreamAsync("nonsense")).ExpectProblem(429, "too_many_streams");
        (await (await gateway.AsSellerAsync("acme")).StreamAsync("nonsense")).Expect(200);

        await second.EndAsync();
        Assert.True(await second.EndsWholeAsync());
        (await gateway.Admin.StreamAsync("nonsense")).Expect(200);
    }

    /// <summary>Opens a stream and waits for the answer to its first line.</summary>
    private static async Task<LiveStream> OpenAsync(TestGateway gateway)
    {
        var stream = await LiveStream.OpenAsync(gateway);
        await stream.SendAsync("nonsense");
        Assert.NotNull(await stream.ReadAsync());
        return stream;
    }
}
