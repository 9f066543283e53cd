using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class SimulatedPaymentProviderTests
{
    private static readonly ChargeRequest Paying = Charge("tok_ok", ask: 1);

    [Fact]
    public async Task The_same_request_has_the_same_answer_from_every_provider_of_that_seed()
    {
        for (var n = 0; n < 200; n++)
        {
            var request = Paying with { Token = "tok_flaky_50", Key = $"subscription-{n}:1:1" };
            var first = await new SimulatedPaymentProvider(seed: 5).ChargeAsync(request, default);
            var again = await new SimulatedPaymentProvider(seed: 5).ChargeAsync(request with { Ask = 2 }, default);
            Assert.Equal(first, again);
        }
    }

    [Fact]
    public async Task A_time_out_is_unknown_at_the_first_ask_and_then_known()
    {
        var provider = new SimulatedPaymentProvider(seed: 0);
        Assert.Equal(new PaymentOutcome.Unknown("timeout"), await provider.ChargeAsync(Charge("tok_timeout", ask: 1), default));
        Assert.Equal(new PaymentOutcome.Succeeded(), await provider.ChargeAsync(Charge("tok_timeout", ask: 2), default));
    }

    [Fact]
    public async Task A_voucher_stays_pending()
    {
        var provider = new SimulatedPaymentProvider(seed: 0);
        Assert.Equal(
            new PaymentOutcome.Pending("voucher-subscription:1:1"), await provider.ChargeAsync(Charge("tok_voucher", ask: 1), default));
        Assert.Equal(
            new PaymentOutcome.Pending("voucher-subscription:1:1"), await provider.ChargeAsync(Charge("tok_voucher", ask: 9), default));
    }

    [Fact]
    public async Task Refunds_follow_the_token_that_paid()
    {
        var provider = new SimulatedPaymentProvider(seed: 0);
        var refund = new RefundRequest("s:1:refund-1", "s:1:1", "tok_ok", 100, "BRL", Ask: 1);
        Assert.Equal(new PaymentOutcome.Succeeded(), await provider.RefundAsync(refund, default));
        Assert.Equal(
            new PaymentOutcome.Declined("refund_not_permitted", Hard: true),
            await provider.RefundAsync(refund with { Token = "tok_refund_declined" }, default));
    }

    [Fact]
    public void Without_latency_it_answers_at_once_and_allocates_nothing()
    {
        var provider = new SimulatedPaymentProvider(seed: 0);
        ChargeRequest[] requests = [
            Paying, Charge("tok_flaky_50", 1), Charge("tok_decline_3", 1), Charge("tok_lost_card", 1), Charge("tok_timeout", 1)];
        Assert.True(AllAnswerAtOnce(provider, requests));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var atOnce = true;
        for (var n = 0; n < 1_000; n++) atOnce &= AllAnswerAtOnce(provider, requests);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(atOnce);
    }

    [Fact]
    public async Task With_latency_the_answer_waits_for_it()
    {
        var time = new ManualTime();
        var provider = new SimulatedPaymentProvider(seed: 0, TimeSpan.FromSeconds(1), time);
        var answer = provider.ChargeAsync(Paying, default).AsTask();
        Assert.False(answer.IsCompleted);

        time.RunOut();

        Assert.Equal(new PaymentOutcome.Succeeded(), await answer);
    }

    private static bool AllAnswerAtOnce(SimulatedPaymentProvider provider, ChargeRequest[] requests)
    {
        var all = true;
        foreach (var request in requests)
        {
            var answer = provider.ChargeAsync(request, default);
            all &= answer.IsCompletedSuccessfully && answer.Result is not null;
        }

        return all;
    }

    private static ChargeRequest Charge(string token, int ask) => new("subscription:1:1", token, 2_990, "BRL", Attempt: 1, ask);
}
