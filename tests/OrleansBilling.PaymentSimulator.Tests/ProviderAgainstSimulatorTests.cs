using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Testing;

namespace OrleansBilling.PaymentSimulator.Tests;

/// <summary>The adapter and the simulator together, in memory and over a real socket.</summary>
public sealed class ProviderAgainstSimulatorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ChargeRequest Request = new("s:1:1", "tok_ok", 2_990, "BRL", Attempt: 1, Ask: 1);

    private readonly BookFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Outcomes_arrive_as_they_were_booked(bool onSocket)
    {
        await using var factory = new SimulatorFactory(folder.BookPath);
        using var client = Connect(factory, onSocket);
        var provider = Provider(client);

        Assert.Equal(new PaymentOutcome.Succeeded(), await provider.ChargeAsync(Request, default));
        Assert.Equal(new PaymentOutcome.Declined("insufficient_funds", Hard: false), await ChargeAsync(provider, "tok_insufficient_funds"));
        Assert.Equal(new PaymentOutcome.Declined("lost_card", Hard: true), await ChargeAsync(provider, "tok_lost_card"));
        Assert.Equal(new PaymentOutcome.Unknown("timeout"), await ChargeAsync(provider, "tok_timeout"));
        Assert.Equal(new PaymentOutcome.Succeeded(), await ChargeAsync(provider, "tok_timeout"));
        Assert.Equal(new PaymentOutcome.Pending("voucher-tok_voucher:1:1"), await ChargeAsync(provider, "tok_voucher"));
        Assert.Equal(new PaymentOutcome.Succeeded(), await provider.RefundAsync(Refund(1_000), default));
        Assert.Equal(new PaymentOutcome.Succeeded(), await provider.RefundAsync(Refund(1_000), default));
    }

    [Fact]
    public async Task Both_simulators_agree_on_every_token()
    {
        await using var factory = new SimulatorFactory(folder.BookPath) { Seed = 77 };
        using var client = factory.CreateClient();
        IPaymentProvider[] providers = [Provider(client), new SimulatedPaymentProvider(seed: 77)];
        string[] tokens = [
            "tok_ok", "tok_timeout", "tok_voucher", "tok_decline_2", "tok_flaky_30", "tok_flaky_70", "tok_expired_card", "tok_revoked",
            "?"];
        foreach (var token in tokens)
        {
            for (var attempt = 1; attempt <= 4; attempt++)
            {
                for (var ask = 1; ask <= 2; ask++)
                {
                    var request = new ChargeRequest($"{tokens.IndexOf(token)}:1:{attempt}", token, 100, "EUR", attempt, ask);
                    Assert.Equal(await providers[1].ChargeAsync(request, default), await providers[0].ChargeAsync(request, default));
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_late_answer_is_unknown_and_known_when_asked_again(bool onSocket)
    {
        var simulatorTime = new ManualTime();
        var ourTime = new ManualTime();
        await using var factory = new SimulatorFactory(folder.BookPath) { LatencyMilliseconds = 1, Time = simulatorTime };
        using var client = Connect(factory, onSocket);
        var provider = Provider(client, ourTime);

        var first = provider.ChargeAsync(Request, default).AsTask();
        await Eventually.HoldsAsync(() => simulatorTime.TimersRunning == 1);
        ourTime.RunOut();
        Assert.Equal(new PaymentOutcome.Unknown("timeout"), await first.WaitAsync(Patience));

        await Eventually.HoldsAsync(() => simulatorTime.TimersRunning == 0);
        var second = provider.ChargeAsync(Request with { Ask = 2 }, default).AsTask();
        await Eventually.HoldsAsync(() => simulatorTime.TimersRunning == 1);
        simulatorTime.RunOut();
        Assert.Equal(new PaymentOutcome.Succeeded(), await second.WaitAsync(Patience));
        Assert.Equal(1, (await client.ReadAsync("v1/book/summary")).Number("charges"));
        Assert.Equal(2, (await client.ReadAsync($"v1/charges/{Request.Key}")).Number("asks"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_answer_is_unknown_and_the_booked_outcome_comes_when_asked_again(bool onSocket)
    {
        const int Percent = 50;
        const long Seed = 3;
        var key = Enumerable.Range(0, 1_000).Select(n => $"s-{n}:1:1").First(
            key => SeededDice.Percent(Seed, key, purpose: 1) < Percent && SeededDice.Percent(Seed, key, purpose: 2) >= Percent);
        await using var factory = new SimulatorFactory(folder.BookPath) { DropAnswerPercent = Percent, Seed = Seed };
        using var client = Connect(factory, onSocket);
        var provider = Provider(client);

        Assert.Equal(new PaymentOutcome.Unknown("connection"), await provider.ChargeAsync(Request with { Key = key }, default));
        Assert.Equal("succeeded", (await client.ReadAsync($"v1/charges/{key}")).Text("outcome"));
        Assert.Equal(new PaymentOutcome.Succeeded(), await provider.ChargeAsync(Request with { Key = key, Ask = 2 }, default));
        Assert.Equal(1, (await client.ReadAsync("v1/book/summary")).Number("charges"));
    }

    [Fact]
    public async Task A_simulator_that_cannot_book_is_unknown_and_known_when_it_can_again()
    {
        await using var factory = new SimulatorFactory(folder.BookPath);
        using var client = Connect(factory, onSocket: true);
        var provider = Provider(client);
        await using (folder.Execute("alter table charge rename to elsewhere"))
            Assert.Equal(new PaymentOutcome.Unknown("provider_error"), await provider.ChargeAsync(Request, default));

        await using (folder.Execute("alter table elsewhere rename to charge"))
            Assert.Equal(new PaymentOutcome.Succeeded(), await provider.ChargeAsync(Request, default));
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_never_becomes_a_decline()
    {
        await using var factory = new SimulatorFactory(folder.BookPath);
        using var client = factory.CreateClient();
        var provider = Provider(client);
        await provider.ChargeAsync(Request, default);

        Assert.Equal(new PaymentOutcome.Unknown("provider_error"), await provider.ChargeAsync(Request with { Amount = 1 }, default));
    }

    [Fact]
    public async Task A_refund_beyond_the_charge_is_a_hard_decline()
    {
        await using var factory = new SimulatorFactory(folder.BookPath);
        using var client = factory.CreateClient();
        var provider = Provider(client);
        await provider.ChargeAsync(Request, default);

        Assert.Equal(new PaymentOutcome.Declined("provider_rejected", Hard: true), await provider.RefundAsync(Refund(2_991), default));
    }

    private static HttpClient Connect(SimulatorFactory factory, bool onSocket) =>
        onSocket ? HttpPaymentProvider.CreateClient(factory.ListenOnSocket()) : factory.CreateClient();

    private static HttpPaymentProvider Provider(HttpClient client, TimeProvider? time = null) =>
        new(client, HttpPaymentProvider.DefaultTimeout, time ?? TimeProvider.System, NullLogger<HttpPaymentProvider>.Instance);

    private static ValueTask<PaymentOutcome> ChargeAsync(HttpPaymentProvider provider, string token) =>
        provider.ChargeAsync(Request with { Key = $"{token}:1:1", Token = token }, default);

    private static RefundRequest Refund(long amount) => new("s:1:refund-1", Request.Key, Request.Token, amount, Request.Currency, Ask: 1);
}
