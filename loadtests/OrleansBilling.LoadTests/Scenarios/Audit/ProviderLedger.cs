using System.Globalization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime.Payments;

namespace OrleansBilling.LoadTests.Scenarios.Audit;

/// <summary>
/// Forwards to the payment provider and keeps its own ledger: which invoices were charged, and whether one was charged under
/// two keys.
/// </summary>
internal sealed class ProviderLedger(IPaymentProvider provider) : IPaymentProvider
{
    private const int Shards = 64;
    private readonly Dictionary<(int Number, int Invoice),
    int>[] paid = [.. Enumerable.Range(0, Shards).Select(_ => new Dictionary<(int, int), int>())];
    private int twice;

    public long Charged => paid.Sum(shard =>
    {
        lock (shard) return (long)shard.Count;
    });

    /// <summary>Charges of an invoice that was already charged under another key.</summary>
    public int Twice => Volatile.Read(ref twice);

    public async ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        var outcome = await provider.ChargeAsync(request, cancellationToken);
        if (outcome is PaymentOutcome.Succeeded) Note(request);
        return outcome;
    }

    public ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
        provider.RefundAsync(request, cancellationToken);

    private void Note(ChargeRequest request)
    {
        var key = request.Key.AsSpan();
        var number = int.Parse(key[Subscriptions.Prefix.Length..Subscriptions.IdLength], NumberStyles.None, CultureInfo.InvariantCulture);
        var rest = key[(Subscriptions.IdLength + 1)..];
        var invoice = int.Parse(rest[..rest.IndexOf(':')], NumberStyles.None, CultureInfo.InvariantCulture);
        var shard = paid[number % Shards];
        lock (shard)
        {
            if (!shard.TryAdd((number, invoice), request.Attempt) && shard[(number, invoice)] != request.Attempt)
                Interlocked.Increment(ref twice);
        }
    }
}
