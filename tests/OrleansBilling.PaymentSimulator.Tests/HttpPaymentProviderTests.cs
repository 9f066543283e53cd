using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Tests;

/// <summary>The adapter against scripted answers.</summary>
public sealed class HttpPaymentProviderTests
{
    private const string Succeeded = """{"key":"s:1:1","outcome":"succeeded","code":null,"hard":false,"amount":2990,"currency":"BRL"}""";

    private static readonly ChargeRequest Request = new("s:1:1", "tok_ok", 2_990, "BRL", Attempt: 1, Ask: 1);

    [Fact]
    public async Task An_answer_may_hold_more_than_we_know() =>
        Assert.Equal(
            new PaymentOutcome.Succeeded(),
            await AnswerAsync(200, Succeeded.Replace("}", ""","brand":"visa"}""", StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("<html></html>")]
    [InlineData("""{"key":"s:1:1","outcome":"succeeded","amount":2990""")]
    [InlineData("""{"key":"s:9:9","outcome":"succeeded","amount":2990,"currency":"BRL"}""")]
    [InlineData("""{"key":"s:1:1","outcome":"succeeded","amount":2991,"currency":"BRL"}""")]
    [InlineData("""{"key":"s:1:1","outcome":"succeeded","amount":2990,"currency":"EUR"}""")]
    [InlineData("""{"key":"s:1:1","outcome":"paid","amount":2990,"currency":"BRL"}""")]
    [InlineData("""{"key":"s:1:1","outcome":"declined","code":"lost_card","amount":2990,"currency":"BRL"}""")]
    [InlineData("""{"key":"s:1:1","outcome":"declined","hard":true,"amount":2990,"currency":"BRL"}""")]
    public async Task An_answer_that_is_not_about_this_charge_or_makes_no_sense_is_unknown(string body) =>
        Assert.Equal(new PaymentOutcome.Unknown("provider_error"), await AnswerAsync(200, body));

    [Theory]
    [InlineData(201)]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_status_that_says_nothing_of_the_money_is_unknown_whatever_the_body_says(int status) =>
        Assert.Equal(new PaymentOutcome.Unknown("provider_error"), await AnswerAsync(status, Succeeded));

    [Theory]
    [InlineData(400, "token_invalid")]
    [InlineData(422, "refund_exceeds_charge")]
    public async Task A_request_that_the_provider_refused_for_ever_is_a_hard_decline(int status, string code) => Assert.Equal(
        new PaymentOutcome.Declined("provider_rejected", Hard: true),
        await AnswerAsync(status, $$"""{"code":"{{code}}"}""", "application/problem+json"));

    [Theory]
    [InlineData("""{"code":"key_reused"}""", "application/problem+json")]
    [InlineData("""{"title":"no code"}""", "application/problem+json")]
    [InlineData("""{"code":"bad_request"}""", "application/json")]
    [InlineData("<html></html>", "text/html")]
    public async Task A_refusal_after_which_money_may_have_moved_or_that_a_stranger_spoke_is_unknown(string body, string contentType)
    {
        Assert.Equal(new PaymentOutcome.Unknown("provider_error"), await AnswerAsync(400, body, contentType));
        Assert.Equal(new PaymentOutcome.Unknown("provider_error"), await AnswerAsync(422, body, contentType));
    }

    [Fact]
    public async Task An_answer_without_end_is_unknown()
    {
        using var client = HttpPaymentProvider.CreateClient(new Uri("http://127.0.0.1:1"));
        using var canned = new HttpClient(new CannedAnswer(200, new string(' ', 70_000), "application/json"))
        {
            BaseAddress = client.BaseAddress,
            MaxResponseContentBufferSize = client.MaxResponseContentBufferSize,
        };

        Assert.Equal(new PaymentOutcome.Unknown("provider_error"), await Provider(canned).ChargeAsync(Request, default));
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_unknown()
    {
        using var client = HttpPaymentProvider.CreateClient(FreeAddress());

        Assert.Equal(new PaymentOutcome.Unknown("connection"), await Provider(client).ChargeAsync(Request, default));
        Assert.Equal(
            new PaymentOutcome.Unknown("connection"),
            await Provider(client).RefundAsync(new RefundRequest("r", "s:1:1", "tok_ok", 1, "BRL", Ask: 1), default));
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_told_so_and_nothing_about_the_money()
    {
        using var client = HttpPaymentProvider.CreateClient(FreeAddress());
        var provider = Provider(client);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await provider.ChargeAsync(Request, new CancellationToken(canceled: true)));
    }

    private static async Task<PaymentOutcome> AnswerAsync(int status, string body, string contentType = "application/json")
    {
        using var client = new HttpClient(new CannedAnswer(status, body, contentType)) { BaseAddress = new Uri("http://127.0.0.1:1/") };
        return await Provider(client).ChargeAsync(Request, default);
    }

    private static HttpPaymentProvider Provider(HttpClient client) =>
        new(client, HttpPaymentProvider.DefaultTimeout, TimeProvider.System, NullLogger<HttpPaymentProvider>.Instance);

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    private sealed class CannedAnswer(int status, string body, string contentType) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(
                new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) });
    }
}
