using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>
/// The rules of the book. A key belongs forever to the first body that used it. A charge refunds at most what it collected.
/// Refusals are checked before anything is written, so a refused request leaves no trace.
/// </summary>
internal static class BookRules
{
    public static BookAnswer Charge(BookWriter book, ChargeOrder order, long seed, DateTimeOffset now)
    {
        var fate = Verdict.Of(TokenOutcomes.OfCharge(order.Token, order.Key, order.Attempt, seed));
        if (book.BookCharge(order, fate, now) is not { } charge)
        {
            var first = book.FindCharge(order.Key)!;
            return KeyReused(first.Token != order.Token ? "token"
                : first.Amount != order.Amount ? "amount"
                : first.Currency != order.Currency ? "currency"
                : "attempt");
        }

        return BookAnswer.Of(charge, TokenOutcomes.IsTold(charge.Token, charge.Asks) ? charge.Verdict : Verdict.Untold);
    }

    public static BookAnswer Refund(BookWriter book, RefundOrder order, DateTimeOffset now)
    {
        if (book.FindRefund(order.Key) is { } first) return RepeatedRefund(book, first, order);
        if (book.FindCharge(order.ChargeKey) is not { } charge)
            return BookAnswer.Refused(422, "charge_not_found", "charge_key", "There is no charge with this key.");
        if (charge.Outcome != BookedOutcome.Succeeded)
            return BookAnswer.Refused(422, "charge_not_collected", "charge_key", "This charge collected nothing that could be refunded.");
        if (charge.Currency != order.Currency)
            return BookAnswer.Refused(422, "currency_mismatch", "currency", $"The charge was in {charge.Currency}.");
        if (order.Amount > charge.Amount - charge.Refunded)
            return BookAnswer.Refused(
                422, "refund_exceeds_charge", "amount", $"At most {charge.Amount - charge.Refunded} of this charge can still be refunded.");
        return BookAnswer.Of(book.BookRefund(order, Verdict.Of(TokenOutcomes.OfRefund(charge.Token)), now));
    }

    /// <summary>Confirms or expires a voucher. Repeating it changes nothing.</summary>
    public static BookAnswer SettleVoucher(BookWriter book, string key, Verdict verdict)
    {
        if (book.FindCharge(key) is not { } charge)
            return BookAnswer.Refused(404, "charge_not_found", "key", "There is no charge with this key.");
        if (charge.Token != TokenOutcomes.Voucher)
            return BookAnswer.Refused(422, "not_a_voucher", "key", "This charge is not paid by a voucher.");
        if (charge.Outcome == BookedOutcome.Pending) book.SettleCharge(key, verdict);
        else if (charge.Verdict != verdict)
            return BookAnswer.Refused(409, "voucher_settled", "key", "This voucher was settled the other way.");
        return BookAnswer.Of(charge, verdict);
    }

    private static BookAnswer RepeatedRefund(BookWriter book, BookedRefund first, RefundOrder order)
    {
        if (first.ChargeKey != order.ChargeKey) return KeyReused("charge_key");
        if (first.Amount != order.Amount) return KeyReused("amount");
        if (first.Currency != order.Currency) return KeyReused("currency");
        book.CountRefundAsk(order.Key);
        return BookAnswer.Of(first with { Asks = first.Asks + 1 });
    }

    private static BookAnswer KeyReused(string field) =>
        BookAnswer.Refused(422, "key_reused", field, $"This key was already used with another {field}.");
}
