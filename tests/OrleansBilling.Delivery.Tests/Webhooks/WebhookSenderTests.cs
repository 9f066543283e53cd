using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Tests.Harness;
using OrleansBilling.Delivery.Webhooks;
using StandardWebhooks;

namespace OrleansBilling.Delivery.Tests.Webhooks;

public sealed class WebhookSenderTests
{
    [Fact]
    public async Task A_delivery_is_a_signed_POST_that_another_implementation_verifies()
    {
        await using var receiver = await Receiver.StartAsync(204);
        var delivered = Assert.IsType<DeliveryOutcome.Delivered>(await Sending.OnceAsync(new Uri(receiver.Url, "/hooks?a=b")));
        Assert.Equal(204, delivered.Status);
        Assert.True(delivered.Duration > TimeSpan.Zero);

        var request = Assert.Single(receiver.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/hooks?a=b", request.Target);
        Assert.Equal(Sending.Body.ToArray(), request.Body);
        Assert.Equal("application/json", request.Headers.ContentType);
        Assert.Equal("evt_01", request.Headers["webhook-id"]);
        Assert.Matches(@"^OrleansBilling/\d+\.\d+\.\d+$", request.Headers.UserAgent.ToString());
        new StandardWebhook(Sending.Secret.Text).Verify(Encoding.UTF8.GetString(request.Body), request.Headers);
    }

    [Fact]
    public async Task It_has_no_header_but_those_that_it_needs()
    {
        using var activity = new Activity("request").Start();
        await using var receiver = await Receiver.StartAsync(200);
        await Sending.OnceAsync(receiver.Url);
        Assert.Equal(
            ["Content-Length", "Content-Type", "Host", "User-Agent", "webhook-id", "webhook-signature", "webhook-timestamp"],
            receiver.Requests.Single().Headers.Keys.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Each_try_has_the_time_of_its_own()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        await using var receiver = await Receiver.StartAsync(500);
        using var client = new OutboundClient(Sending.Private, time);
        var sender = new WebhookSender(client, time);
        await sender.SendAsync(Sending.To(receiver.Url), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(5.9));
        await sender.SendAsync(Sending.To(receiver.Url), CancellationToken.None);
        Assert.Equal(["1800000000", "1800000005"], receiver.Requests.Select(request => request.Headers["webhook-timestamp"].ToString()));
        Assert.Equal(["evt_01", "evt_01"], receiver.Requests.Select(request => request.Headers["webhook-id"].ToString()));
        Assert.Equal(2, receiver.Requests.DistinctBy(request => request.Headers["webhook-signature"].ToString()).Count());
    }

    [Fact]
    public async Task During_a_rotation_it_bears_both_signatures()
    {
        var old = WebhookSecret.New(buffer => buffer.Fill(1));
        await using var receiver = await Receiver.StartAsync(200);
        using var client = new OutboundClient(Sending.Private, TimeProvider.System);
        await new WebhookSender(client, TimeProvider.System).SendAsync(
            Sending.To(receiver.Url) with { Secrets = [Sending.Secret, old] }, CancellationToken.None);
        var request = receiver.Requests.Single();
        Assert.Equal(2, request.Headers["webhook-signature"].ToString().Split(' ').Distinct().Count());
        foreach (var secret in new[] { Sending.Secret, old })
            new StandardWebhook(secret.Text).Verify(Encoding.UTF8.GetString(request.Body), request.Headers);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task A_2xx_is_a_success(int status)
    {
        await using var receiver = await Receiver.StartAsync(status);
        Assert.Equal(status, Assert.IsType<DeliveryOutcome.Delivered>(await Sending.OnceAsync(receiver.Url)).Status);
    }

    [Theory]
    [InlineData(300, false)]
    [InlineData(304, false)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(410, true)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(599, false)]
    public async Task Any_other_status_is_a_failure_and_410_is_for_ever(int status, bool gone)
    {
        await using var receiver = await Receiver.StartAsync(status);
        var failed = Assert.IsType<DeliveryOutcome.Failed>(await Sending.OnceAsync(receiver.Url));
        Assert.Equal((status, gone, null), (failed.Status, failed.Gone, failed.RetryAfter));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var other = await Receiver.StartAsync(200);
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Url.AbsoluteUri;
            return Task.CompletedTask;
        });
        Assert.Equal(status, Assert.IsType<DeliveryOutcome.Failed>(await Sending.OnceAsync(receiver.Url)).Status);
        Assert.Single(receiver.Requests);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Thu, 15 Jan 2027 08:01:00 GMT", null)]
    [InlineData("Fri, 15 Jan 2027 08:01:00 GMT", 60)]
    [InlineData("999999", 86_400)]
    public async Task Retry_After_is_handed_on(string header, int? seconds)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = header;
            return Task.CompletedTask;
        });
        using var client = new OutboundClient(Sending.Private, time);
        var outcome = await new WebhookSender(client, time).SendAsync(Sending.To(receiver.Url), CancellationToken.None);
        Assert.Equal(
            seconds is { } wait ? TimeSpan.FromSeconds(wait) : (TimeSpan?)null, Assert.IsType<DeliveryOutcome.Failed>(outcome).RetryAfter);
    }

    [Fact]
    public async Task No_cookie_is_sent_back()
    {
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.Cookies.Append("session", "1");
            return Task.CompletedTask;
        });
        using var client = new OutboundClient(Sending.Private, TimeProvider.System);
        var sender = new WebhookSender(client, TimeProvider.System);
        await sender.SendAsync(Sending.To(receiver.Url), CancellationToken.None);
        await sender.SendAsync(Sending.To(receiver.Url), CancellationToken.None);
        Assert.Equal(2, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => Assert.DoesNotContain("Cookie", request.Headers.Keys));
    }
}
