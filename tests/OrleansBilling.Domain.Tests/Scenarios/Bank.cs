namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>
/// The payment provider of a scenario. It answers by script, and after that always the same. Null means no answer, as after a
/// crash between commit and call.
/// </summary>
public sealed class Bank
{
    public static readonly PaymentOutcome Paid = new PaymentOutcome.Succeeded();
    public static readonly PaymentOutcome Soft = new PaymentOutcome.Declined("insufficient_funds", false);
    public static readonly PaymentOutcome Hard = new PaymentOutcome.Declined("lost_card", true);
    public static readonly PaymentOutcome Unclear = new PaymentOutcome.Unknown("timeout");
    public static readonly PaymentOutcome Voucher = new PaymentOutcome.Pending("voucher-1");
    public static readonly PaymentOutcome? Silence;

    private readonly Queue<PaymentOutcome?> script = new();
    private Func<PaymentInFlight, PaymentOutcome?> otherwise = _ => Paid;

    /// <summary>All questions in order: the key and the token.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Answers the next questions in this order, and then as before.</summary>
    public void Says(params PaymentOutcome?[] outcomes)
    {
        foreach (var outcome in outcomes) script.Enqueue(outcome);
    }

    /// <summary>The answer to every question after the script, from now on.</summary>
    public void AlwaysSays(PaymentOutcome? outcome) => otherwise = _ => outcome;

    /// <summary>After the script, answers depend on the payment.</summary>
    public void Decides(Func<PaymentInFlight, PaymentOutcome?> answer) => otherwise = answer;

    public PaymentOutcome? Answer(PaymentInFlight payment)
    {
        Asked.Add(payment.Kind == PaymentKind.Charge
            ? $"{payment.Invoice}:{payment.Attempt} {payment.Token}"
            : $"{payment.Invoice}:refund-{payment.Attempt} {payment.Token}");
        return script.TryDequeue(out var outcome) ? outcome : otherwise(payment);
    }
}
