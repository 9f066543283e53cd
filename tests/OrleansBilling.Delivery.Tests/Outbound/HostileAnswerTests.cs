using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Tests.Harness;
using OrleansBilling.Delivery.Webhooks;

namespace OrleansBilling.Delivery.Tests.Outbound;

/// <summary>Whatever the other side does is an outcome, within the limits.</summary>
public sealed class HostileAnswerTests
{
    [Fact]
    public async Task Answers_up_to_the_limit_are_read_and_their_connection_is_used_again()
    {
        await using var receiver = await Receiver.StartAsync(context => context.Response.Body.WriteAsync(new byte[16 * 1024 - 1]).AsTask());
        await SendTwiceAsync(receiver.Url);
        Assert.Equal(2, receiver.Requests.Count);
        Assert.Single(receiver.Requests.DistinctBy(request => request.Connection));
    }

    [Fact]
    public async Task A_longer_answer_costs_its_connection()
    {
        await using var receiver = await Receiver.StartAsync(context => context.Response.Body.WriteAsync(new byte[1024 * 1024]).AsTask());
        await SendTwiceAsync(receiver.Url);
        Assert.Equal(2, receiver.Requests.DistinctBy(request => request.Connection).Count());
    }

    [Fact]
    public async Task An_endless_answer_is_cut()
    {
        var cut = new TaskCompletionSource<long>();
        await using var receiver = new RawReceiver(async (stream, cancellationToken) =>
        {
            await RawReceiver.ReadRequestAsync(stream, cancellationToken);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), cancellationToken);
            var sent = 0L;
            try
            {
                for (; ; sent += 1024)
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"400\r\n{new string('a', 1024)}\r\n"), cancellationToken);
            }
            catch (IOException)
            {
                cut.SetResult(sent);
            }
        });
        var delivered = Assert.IsType<DeliveryOutcome.Delivered>(await Sending.OnceAsync(receiver.Url));
        Assert.Equal(200, delivered.Status);
        // What was on the way besides is in the buffers of the two sockets.
        Assert.InRange(await cut.Task, 1, 32 * 1024 * 1024);
    }

    [Fact]
    public async Task An_answer_that_unpacks_to_gigabytes_is_not_unpacked()
    {
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync("no gzip"u8.ToArray()).AsTask();
        });
        Assert.IsType<DeliveryOutcome.Delivered>(await Sending.OnceAsync(receiver.Url));
        Assert.DoesNotContain("Accept-Encoding", receiver.Requests.Single().Headers.Keys);
    }

    [Fact]
    public async Task A_silent_receiver_times_out_after_15_seconds()
    {
        var arrived = new TaskCompletionSource();
        await using var receiver = new RawReceiver(async (stream, cancellationToken) =>
        {
            await RawReceiver.ReadRequestAsync(stream, cancellationToken);
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        var time = new FakeTimeProvider();
        using var client = new OutboundClient(Sending.Private, time);
        var sending = new WebhookSender(client, time).SendAsync(Sending.To(receiver.Url), CancellationToken.None);
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(15) - TimeSpan.FromTicks(1));
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(new DeliveryOutcome.NoAnswer(NoAnswerReason.Timeout, TimeSpan.FromSeconds(15)), await sending);
    }

    [Fact]
    public async Task Headers_that_drip_are_cut_by_the_same_15_seconds()
    {
        var dripping = new TaskCompletionSource();
        await using var receiver = new RawReceiver(async (stream, cancellationToken) =>
        {
            await RawReceiver.ReadRequestAsync(stream, cancellationToken);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nA: "u8.ToArray(), cancellationToken);
            dripping.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        var time = new FakeTimeProvider();
        using var client = new OutboundClient(Sending.Private, time);
        var sending = new WebhookSender(client, time).SendAsync(Sending.To(receiver.Url), CancellationToken.None);
        await dripping.Task;
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(NoAnswerReason.Timeout, Assert.IsType<DeliveryOutcome.NoAnswer>(await sending).Reason);
    }

    /// <summary>The other side has said that it took it. To send it again because of a slow body would be a double for nothing.</summary>
    [Fact]
    public async Task A_body_that_drips_is_cut_too_and_the_status_holds()
    {
        await using var receiver = RawReceiverThatStalls("HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\nab");
        var outcome = await Sending.OnceAsync(receiver.Url, Sending.Private with { ExchangeTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(202, Assert.IsType<DeliveryOutcome.Delivered>(outcome).Status);
        Assert.True(outcome.Duration >= TimeSpan.FromSeconds(1.9), $"It took {outcome.Duration}.");
    }

    [Fact]
    public async Task A_body_that_breaks_off_leaves_the_status()
    {
        await using var receiver = RawReceiver.Says("HTTP/1.1 500 Oh\r\nContent-Length: 5\r\n\r\nab");
        Assert.Equal(500, Assert.IsType<DeliveryOutcome.Failed>(await Sending.OnceAsync(receiver.Url)).Status);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")]
    [InlineData("-ERR unknown command 'POST'\r\n")]
    public async Task What_is_not_HTTP_is_an_invalid_answer(string answer)
    {
        await using var receiver = RawReceiver.Says(answer);
        Assert.Equal(NoAnswerReason.InvalidAnswer, await Sending.ReasonAsync(receiver.Url));
    }

    [Fact]
    public async Task Headers_without_end_are_an_invalid_answer()
    {
        await using var receiver = RawReceiver.Says($"HTTP/1.1 200 OK\r\nA: {new string('a', 64 * 1024)}\r\n\r\n");
        Assert.Equal(NoAnswerReason.InvalidAnswer, await Sending.ReasonAsync(receiver.Url));
    }

    [Fact]
    public async Task Who_hangs_up_has_not_answered()
    {
        await using var receiver = RawReceiver.Says("");
        Assert.Equal(NoAnswerReason.ConnectionLost, await Sending.ReasonAsync(receiver.Url));
    }

    [Fact]
    public async Task A_port_without_a_listener_refuses()
    {
        var receiver = RawReceiver.Says("");
        var url = receiver.Url;
        await receiver.DisposeAsync();
        Assert.Equal(NoAnswerReason.ConnectionRefused, await Sending.ReasonAsync(url));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_not_found()
    {
        var options = Sending.Private with { Resolve = (_, _) => throw new SocketException(11001) };
        Assert.Equal(NoAnswerReason.NameNotFound, await Sending.ReasonAsync(new Uri("http://hooks.example.com/"), options));
        options = options with { Resolve = (_, _) => Task.FromResult(Array.Empty<IPAddress>()) };
        Assert.Equal(NoAnswerReason.NameNotFound, await Sending.ReasonAsync(new Uri("http://hooks.example.com/"), options));
    }

    [Fact]
    public async Task Who_gives_up_himself_gets_an_exception()
    {
        using var stop = new CancellationTokenSource();
        await using var receiver = new RawReceiver(async (stream, cancellationToken) =>
        {
            await RawReceiver.ReadRequestAsync(stream, cancellationToken);
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        using var client = new OutboundClient(Sending.Private, TimeProvider.System);
        var sender = new WebhookSender(client, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendAsync(Sending.To(receiver.Url), stop.Token));
    }

    [Fact]
    public void Every_reason_has_a_name_of_its_own() =>
        Assert.Equal(
            ["timeout", "connection_refused", "connection_lost", "tls", "name_not_found", "address_refused", "invalid_answer"],
            Enum.GetValues<NoAnswerReason>().Select(reason => reason.Name()));

    private static RawReceiver RawReceiverThatStalls(string answer) => new(async (stream, cancellationToken) =>
    {
        await RawReceiver.ReadRequestAsync(stream, cancellationToken);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    });

    private static async Task SendTwiceAsync(Uri url)
    {
        using var client = new OutboundClient(Sending.Private, TimeProvider.System);
        var sender = new WebhookSender(client, TimeProvider.System);
        for (var n = 0; n < 2; n++)
            Assert.IsType<DeliveryOutcome.Delivered>(await sender.SendAsync(Sending.To(url), CancellationToken.None));
    }
}
