using BenchmarkDotNet.Attributes;
using OrleansBilling.Benchmarks.Given;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Benchmarks;

/// <summary>One pure decision, including folding its events.</summary>
public class DecideBenchmarks
{
    private static readonly SubscriptionCommand NewMethod = new SubscriptionCommand.ChangePaymentMethod("tok_other");
    private static readonly SubscriptionCommand Notice = new SubscriptionCommand.Cancel(
        EffectiveAt.PeriodEnd, "too_expensive", null, CancellationRefund.None, null);
    private readonly Life life = Life.Sold();

    /// <summary>Starts a period, with its invoice and its charge.</summary>
    [Benchmark]
    public Decision Renewal() =>
        SubscriptionDecider.Decide(life.State, SubscriptionCommand.Wake.Instance, life.At(life.RenewsAt, Caller.System));

    [Benchmark]
    public Decision PaymentMethodChange() =>
        SubscriptionDecider.Decide(life.State, NewMethod, life.At(Life.SoldAt, Caller.Administrator));

    [Benchmark]
    public Decision Cancellation() => SubscriptionDecider.Decide(life.State, Notice, life.At(Life.SoldAt, Caller.Administrator));
}
