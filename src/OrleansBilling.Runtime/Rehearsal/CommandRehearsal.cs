using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Rehearsal;

/// <summary>
/// Takes the commands of a few made-up subscriptions all the way (decide, encode, commit, load, decode) before a process says that it is
/// ready, so that the first callers do not wait for code that was never run and connections that were never opened. Nothing is written:
/// each commit loses. It counts as a conflict in the metrics.
/// </summary>
public sealed class CommandRehearsal(IJournal journal, IClock clock, TimeProvider time)
{
    private static readonly OfferTerms Terms = new(
        new Product("rehearsal", "rehearsal", "Rehearsal", "UTC", DunningPolicy.Default, TrialWithoutPaymentMethod.Cancel),
        new Plan("rehearsal", "rehearsal", "Rehearsal", new BillingInterval(IntervalUnit.Month, 1), 0, null, null),
        new Offer("rehearsal", 1, "rehearsal", 1_990, "BRL"));

    private readonly CatalogCache catalog = new(new OneOffer(), time);

    /// <summary>Runs one life, a few commands long.</summary>
    /// <param name="id">The made-up subscription, which must not exist.</param>
    /// <returns>Whether each command was accepted. If not, the journal is not available now.</returns>
    public async Task<bool> RunAsync(string id, CancellationToken cancellationToken)
    {
        var losing = new LosingJournal(journal);
        var services = SubscriptionHandlerServices.Create(losing, catalog, clock);
        var first = new SubscriptionHandler(id, services);
        var subscribe = new SubscriptionCommand.Subscribe(id, Terms, new Customer("rehearsal", null), "tok_ok", null, null, null);
        var begun = await first.HandleAsync(By(subscribe, key: 1), null, cancellationToken);
        if (begun.Effects is not [Effect.AskProvider { Payment: var payment }, ..]) return false;
        var paid = new SubscriptionCommand.RecordPayment(
            payment.Kind, payment.Invoice, payment.Attempt, new PaymentOutcome.Succeeded());
        if (!IsAccepted(await first.HandleAsync(new CommandEnvelope(paid, Caller.System), null, cancellationToken))) return false;

        // It is loaded again, as one that nobody has called for long.
        var again = new SubscriptionHandler(id, services);
        SubscriptionCommand[] changes =
        [
            new SubscriptionCommand.ChangePaymentMethod("tok_ok"),
            new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, null),
            new SubscriptionCommand.Uncancel(),
        ];
        for (var n = 0; n < changes.Length; n++)
        {
            if (!IsAccepted(await again.HandleAsync(By(changes[n], key: 2 + (ulong)n), null, cancellationToken))) return false;
        }

        return true;
    }

    private static CommandEnvelope By(SubscriptionCommand command, ulong key) =>
        new(command, Caller.Administrator, new IdempotencyKey(key, key));

    private static bool IsAccepted(in HandlerOutcome outcome) => outcome.Result is CommandResult.Accepted;

    /// <summary>A catalog with nothing but the made-up offer.</summary>
    private sealed class OneOffer : ICatalogStore
    {
        public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) => new(false);

        public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) => new(Terms.Product);

        public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) => new(Terms.Plan);

        public ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken) => new(Terms.Offer);
    }
}
