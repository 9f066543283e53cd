using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Simulation.Laws;

namespace OrleansBilling.Simulation.Seeded;

/// <summary>A provider with a book: idempotent by key, and often slow to report an outcome.</summary>
public sealed class SimulatedProvider(Random dice, LawBook laws) : IPaymentProvider
{
    public int UnknownPercent { get; set; }

    public int DeclinePercent { get; set; }

    /// <summary>Answers that were held back so far.</summary>
    public long Faults { get; private set; }

    /// <summary>The outcome of each key and the number of requests for it.</summary>
    public Dictionary<string, (PaymentOutcome Outcome, long Amount, int Asks)> Book { get; } = new(StringComparer.Ordinal);

    public async ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return Answer(request.Key, request.Amount, request.Token);
    }

    public async ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        laws.Hold(Book[request.ChargeKey].Outcome is PaymentOutcome.Succeeded, $"{request.Key} refunds money that was never collected.");
        return Answer(request.Key, request.Amount, "tok_ok");
    }

    /// <summary>Pays a waiting voucher, whether or not we still wait for it; null when there is none.</summary>
    public string? PayOneVoucher()
    {
        var waiting = Book.Where(entry => entry.Value.Outcome is PaymentOutcome.Pending).Select(entry => entry.Key)
            .Order(StringComparer.Ordinal).ToList();
        if (waiting.Count == 0) return null;
        var key = waiting[dice.Next(waiting.Count)];
        Book[key] = Book[key] with { Outcome = new PaymentOutcome.Succeeded() };
        return key;
    }

    private PaymentOutcome Answer(string key, long amount, string token)
    {
        if (Book.TryGetValue(key, out var booked))
        {
            laws.Same(booked.Amount, amount, $"Every request for {key} has the same amount");
            Book[key] = booked with { Asks = booked.Asks + 1 };
        }
        else
        {
            Book[key] = booked = (Decide(token), amount, 1);
        }

        if (dice.Next(100) >= UnknownPercent) return booked.Outcome;
        Faults++;
        return new PaymentOutcome.Unknown("timeout");
    }

    private PaymentOutcome Decide(string token)
    {
        if (token.StartsWith("tok_voucher", StringComparison.Ordinal)) return new PaymentOutcome.Pending("voucher");
        if (token == "tok_lost_card") return new PaymentOutcome.Declined("lost_card", Hard: true);
        return dice.Next(100) < DeclinePercent
            ? new PaymentOutcome.Declined("insufficient_funds", Hard: false)
            : new PaymentOutcome.Succeeded();
    }
}
