using Microsoft.Extensions.Logging;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Hosting;

/// <summary>
/// Runs the effects of commits outside the turns of grains. Their outcomes go back to the grain as commands through
/// <paramref name="run"/>; <paramref name="ended"/> is called for each effect that has ended. It owns nothing durable:
/// a lost effect is done again at its due time.
/// </summary>
internal sealed partial class EffectRunner(
    IPaymentProvider provider,
    BillingHostOptions options,
    TimeProvider time,
    Func<string, CommandEnvelope, ValueTask<EffectAnswer>> run,
    ILoggerFactory loggers,
    Action<string>? ended = null) : IDisposable
{
    private readonly PaymentDispatcher payments = new(provider, options, time, run, loggers.CreateLogger<PaymentDispatcher>());
    private readonly OperationsInFlight underWay = new();
    private int wakes;
    private readonly ILogger<EffectRunner> logger = loggers.CreateLogger<EffectRunner>();

    /// <summary>Effects that wait or are in flight.</summary>
    public int Count => underWay.Count;

    /// <summary>Whether the provider is behind. Whoever wakes due work should then wait.</summary>
    public bool IsFull => underWay.Count >= options.ProviderQueueMax;

    /// <summary>
    /// Reserves room for the effects of one wake; false when there is none. Many subscriptions are woken at once, so
    /// wakes that have not started an effect yet count too.
    /// </summary>
    public bool TryBeginWake()
    {
        if (Interlocked.Increment(ref wakes) + underWay.Count <= options.ProviderQueueMax) return true;
        Interlocked.Decrement(ref wakes);
        return false;
    }

    /// <summary>Releases the reserved room; effects of the wake take their own.</summary>
    public void EndWake() => Interlocked.Decrement(ref wakes);

    /// <summary>Completes when half of the queue is free.</summary>
    public Task WhenRoomAsync(CancellationToken cancellationToken) =>
        underWay.WhenAtMostAsync(options.ProviderQueueMax / 2, cancellationToken);

    /// <summary>Completes when no effect is in flight.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken) => underWay.WhenIdleAsync(cancellationToken);

    /// <summary>Starts the effects of an accepted command; returns at once.</summary>
    public void Start(string subscriptionId, in HandlerOutcome outcome)
    {
        if (outcome.Effects.Count == 0) return;
        var terms = ((CommandResult.Accepted)outcome.Result).Terms;
        foreach (var effect in outcome.Effects)
        {
            underWay.Begin();
            var work = (Runner: this, Id: subscriptionId, Effect: effect, Terms: terms);
            Task.Factory.StartNew(
                static state =>
                {
                    var (runner, id, effect, terms) = ((EffectRunner, string, Effect, OfferTerms))state!;
                    _ = runner.RunAsync(id, effect, terms);
                },
                work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, options.Scheduler);
        }
    }

    public void Dispose() => payments.Dispose();

    private async Task RunAsync(string id, Effect effect, OfferTerms terms)
    {
        try
        {
            if (effect is Effect.AskProvider ask) await payments.DispatchAsync(id, ask.Payment, terms);
            else await run(id, CommandEnvelope.Wake);
        }
        catch (Exception e)
        {
            // Nobody waits for an effect; its due time does it again.
            LogEffectFailed(e, id);
        }
        finally
        {
            ended?.Invoke(id);
            underWay.End();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An effect of subscription {SubscriptionId} failed.")]
    private partial void LogEffectFailed(Exception exception, string subscriptionId);
}
