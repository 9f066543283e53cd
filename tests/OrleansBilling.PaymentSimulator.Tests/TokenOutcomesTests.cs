using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Tests;

public sealed class TokenOutcomesTests
{
    private const string Key = "subscription:1:1";

    [Theory]
    [InlineData("tok_ok")]
    [InlineData("tok_timeout")]
    [InlineData("tok_refund_declined")]
    [InlineData("tok_flaky_0")]
    public void Some_tokens_pay_at_the_first_attempt(string token) => Assert.Equal(new PaymentOutcome.Succeeded(), Charge(token));

    [Theory]
    [InlineData("tok_insufficient_funds", "insufficient_funds")]
    [InlineData("tok_expired_card", "expired_card")]
    [InlineData("tok_decline_1", "do_not_honor")]
    [InlineData("tok_flaky_100", "do_not_honor")]
    public void Soft_declines_may_be_tried_again(string token, string code) =>
        Assert.Equal(new PaymentOutcome.Declined(code, Hard: false), Charge(token));

    [Theory]
    [InlineData("tok_lost_card", "lost_card")]
    [InlineData("tok_stolen_card", "stolen_card")]
    [InlineData("tok_closed_account", "closed_account")]
    [InlineData("tok_invalid_card", "invalid_card")]
    [InlineData("tok_not_permitted", "not_permitted")]
    [InlineData("tok_revoked", "revoked")]
    public void Hard_declines_never_help(string token, string code) =>
        Assert.Equal(new PaymentOutcome.Declined(code, Hard: true), Charge(token));

    [Theory]
    [InlineData("")]
    [InlineData("tok_OK")]
    [InlineData("tok_ok_123")]
    [InlineData("tok_ok:abc")]
    [InlineData(" tok_ok")]
    [InlineData("tok_decline_")]
    [InlineData("tok_decline_0")]
    [InlineData("tok_decline_100")]
    [InlineData("tok_decline_01")]
    [InlineData("tok_decline_+1")]
    [InlineData("tok_decline_1 ")]
    [InlineData("tok_decline_99999999999999999999")]
    [InlineData("tok_flaky_101")]
    [InlineData("tok_flaky_-1")]
    [InlineData("tok_flaky_5.5")]
    public void Any_other_token_is_a_card_that_does_not_exist(string token) =>
        Assert.Equal(new PaymentOutcome.Declined("invalid_token", Hard: true), Charge(token));

    [Theory]
    [InlineData("tok_decline_1", 1)]
    [InlineData("tok_decline_3", 3)]
    [InlineData("tok_decline_99", 99)]
    public void A_counted_decline_declines_that_many_attempts_and_then_pays(string token, int declines)
    {
        for (var attempt = 1; attempt <= declines; attempt++)
            Assert.IsType<PaymentOutcome.Declined>(TokenOutcomes.OfCharge(token, Key, attempt, seed: 0));
        Assert.IsType<PaymentOutcome.Succeeded>(TokenOutcomes.OfCharge(token, Key, declines + 1, seed: 0));
    }

    [Fact]
    public void A_voucher_is_pending_however_often_one_asks()
    {
        Assert.Equal(new PaymentOutcome.Pending($"voucher-{Key}"), Charge(TokenOutcomes.Voucher));
        Assert.True(TokenOutcomes.IsTold(TokenOutcomes.Voucher, ask: 1));
    }

    [Fact]
    public void Only_the_timeout_token_keeps_its_first_caller_in_the_dark()
    {
        Assert.False(TokenOutcomes.IsTold("tok_timeout", ask: 1));
        Assert.True(TokenOutcomes.IsTold("tok_timeout", ask: 2));
        Assert.True(TokenOutcomes.IsTold("tok_ok", ask: 1));
    }

    [Fact]
    public void Refunds_succeed_but_for_the_token_that_says_otherwise()
    {
        Assert.Equal(new PaymentOutcome.Succeeded(), TokenOutcomes.OfRefund("tok_ok"));
        Assert.Equal(new PaymentOutcome.Declined("refund_not_permitted", Hard: true), TokenOutcomes.OfRefund("tok_refund_declined"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(50)]
    [InlineData(99)]
    public void A_flaky_card_declines_nearly_the_share_it_names(int percent)
    {
        const int Charges = 20_000;
        var declined = 0;
        for (var n = 0; n < Charges; n++)
            if (TokenOutcomes.OfCharge($"tok_flaky_{percent}", $"subscription-{n}:1:1", attempt: 1, seed: 7) is PaymentOutcome.Declined)
                declined++;

        Assert.InRange(declined * 100.0 / Charges, percent - 1.0, percent + 1.0);
    }

    [Fact]
    public void A_flaky_card_rolls_anew_for_every_attempt_and_every_seed()
    {
        var declinedTwice = 0;
        for (var n = 0; n < 1_000; n++)
        {
            var first = TokenOutcomes.OfCharge("tok_flaky_50", $"s-{n}:1:1", attempt: 1, seed: 7) is PaymentOutcome.Declined;
            var second = TokenOutcomes.OfCharge("tok_flaky_50", $"s-{n}:1:2", attempt: 2, seed: 7) is PaymentOutcome.Declined;
            var otherSeed = TokenOutcomes.OfCharge("tok_flaky_50", $"s-{n}:1:1", attempt: 1, seed: 8) is PaymentOutcome.Declined;
            if (first && second && otherSeed) declinedTwice++;
        }

        // Three independent coins: one in eight.
        Assert.InRange(declinedTwice, 90, 160);
    }

    private static PaymentOutcome Charge(string token) => TokenOutcomes.OfCharge(token, Key, attempt: 1, seed: 0);
}
