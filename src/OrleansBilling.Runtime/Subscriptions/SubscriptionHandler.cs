using System.Diagnostics;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// One live subscription, independent of any framework: dedupe → decide → commit → evolve → effects. The owner gives it
/// one turn at a time, so it needs no lock. Memory follows disk: the state changes only after the commit is known.
/// After a conflict or an unknown outcome the handler forgets its state and reads it again.
/// </summary>
public sealed class SubscriptionHandler(string subscriptionId, SubscriptionHandlerServices services)
{
    /// <summary>The most decisions for one command while others keep moving the version.</summary>
    public const int DecisionsMax = 8;

    private Subscription? state;
    private OfferTerms? terms;
    private CommandKeys keys = new(CommandMemory.Empty);
    private bool loaded;
    private int catalogEdits;

    /// <summary>
    /// Runs one command. <paramref name="stored"/> is a snapshot that the caller has already read (in a due scan); the
    /// handler uses it if it is newer than its own state.
    /// </summary>
    public async ValueTask<HandlerOutcome> HandleAsync(
        CommandEnvelope envelope, StoredSubscription? stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        try
        {
            await services.Reader.RefreshCatalogAsync(cancellationToken);
            if (stored is not null) await AdoptAsync(stored, cancellationToken);
            var fresh = !loaded;
            if (!loaded) await LoadAsync(cancellationToken);
            else if (state is not null && catalogEdits != services.Reader.CatalogEdits) await TakeTermsAsync(state, cancellationToken);
            var seen = false;
            for (var decision = 1; ; decision++)
            {
                var step = await DecideAndCommitAsync(envelope, cancellationToken);
                switch (step.Next)
                {
                    case Next.Done:
                        return step.Outcome;
                    case Next.DoneIfFresh when fresh:
                    case Next.DoneIfSeen when seen:
                        return step.Outcome;
                    case Next.Fail:
                        return step.Outcome;
                    default:
                        // Another process moved the version, the outcome of the commit is unknown, or a command found
                        // nothing to do on a state that another process may have changed: reload from disk.
                        Forget();
                        seen |= step.Next == Next.DoneIfSeen;
                        if (decision == DecisionsMax) return step.Outcome;
                        await LoadAsync(cancellationToken);
                        fresh = true;
                        break;
                }
            }
        }
        catch (JournalUnavailableException e)
        {
            return new HandlerOutcome(new CommandResult.Unavailable("unavailable", e.Message), []);
        }
        catch
        {
            // A bug, or the caller went away: the state in memory may be half read.
            Forget();
            throw;
        }
    }

    private async ValueTask<Step> DecideAndCommitAsync(CommandEnvelope envelope, CancellationToken cancellationToken)
    {
        var now = services.Clock.GetCurrentInstant();
        if (state is not null) now = Instant.Max(now, state.UpdatedAt);

        if (envelope.Idempotency is { } key &&
            await keys.FindAsync(key.Key, subscriptionId, services.Journal, cancellationToken) is { } seen)
        {
            return seen.Fingerprint == key.Fingerprint
                ? new Step(Next.Done, await ReplayAsync(seen.Version, cancellationToken))
                : Refused(Next.Done, Refusal.KeyReused);
        }

        var decisionTerms = envelope.Command is SubscriptionCommand.Subscribe subscribe && state is null ? subscribe.Terms : terms;
        if (decisionTerms is null) return Refused(Next.DoneIfFresh, Refusal.NotFound);
        var context = await ContextAsync(envelope, now, decisionTerms, cancellationToken);
        var decision = SubscriptionDecider.Decide(state, envelope.Command, context);
        if (IsOutdated(envelope, decision)) return Refused(Next.DoneIfFresh, Refusal.OtherVersion);
        if (decision.Refusal is { } refusal) return Refused(Next.DoneIfFresh, refusal);
        if (decision.Steps.Count == 0)
            return new Step(context.KnownUsageKeys is null ? Next.DoneIfFresh : Next.DoneIfSeen, Accepted(state!, decisionTerms));

        if (keys.Prepare(envelope, decision.State!.Version, now) is not { } remembered)
            return Refused(Next.DoneIfFresh, Refusal.TooManyKeys);
        var commit = CommitBuilder.Build(
            subscriptionId, state, decisionTerms, decision, remembered, services.CountsStatistics, envelope.Command);
        switch (await CommitAsync(commit))
        {
            case CommitOutcome.Committed:
                state = decision.State!.WithoutPerson().WithoutComment(commit.ExpectedVersion + 1);
                terms = decision.Terms;
                keys.Take(remembered);
                return new Step(Next.Done, new HandlerOutcome(
                    new CommandResult.Accepted(state!, terms!, Replayed: false), EffectRules.Of(decision.Steps, state!, now)));
            case CommitOutcome.Conflict:
                return Failed(Next.Reload, "conflict", "Other commands for this subscription kept winning; try again.");
            case CommitOutcome.Unknown:
                // The caller must learn that the outcome is unknown, and repeats with the same key. Due work
                // and payment outcomes repeat by themselves.
                var next = envelope.Caller.Role == Role.System ? Next.Reload : Next.Fail;
                if (next == Next.Fail) Forget();
                return Failed(next, "unknown", "The connection to the database was lost in flight; repeat with the same Idempotency-Key.");
            case CommitOutcome.Unavailable:
                return Failed(Next.Fail, "unavailable", "The database does not take commits at the moment; nothing was done.");
            case CommitOutcome.Refused:
                return Failed(
                    Next.Fail, CommandResult.NotStored, "The database refuses to store the result of this command; nothing was done.");
            default:
                throw new InvalidOperationException("The commit outcome is not known.");
        }
    }

    /// <summary>Who may not know the subscription, or may not do this, does not learn about versions either.</summary>
    private bool IsOutdated(CommandEnvelope envelope, Decision decision) =>
        envelope.ExpectedVersion is { } expected && state?.Version != expected &&
            decision.Refusal?.Kind is not (RefusalKind.NotFound or RefusalKind.Forbidden);

    private ValueTask<CommitOutcome> CommitAsync(JournalCommit commit)
    {
        return BillingTelemetry.Activities.StartActivity("billing.commit") is { } activity
            ? Traced(activity)
            : services.Journal.CommitAsync(commit, CancellationToken.None);

        async ValueTask<CommitOutcome> Traced(Activity span)
        {
            using var traced = span;
            return await services.Journal.CommitAsync(commit, CancellationToken.None);
        }
    }

    /// <summary>Collects what the decision needs; only a few commands need a read for this.</summary>
    private async ValueTask<DecisionContext> ContextAsync(
        CommandEnvelope envelope, Instant now, OfferTerms decisionTerms, CancellationToken cancellationToken)
    {
        var context = new DecisionContext(now, decisionTerms, envelope.Caller)
        {
            ScheduledTerms = await services.Reader.ScheduledTermsOfAsync(state, cancellationToken),
        };
        if (state is null) return context;
        if (SubscriptionDecider.NeedsInvoices(state, envelope.Command))
            context = context with { Invoices = await services.Reader.ReadInvoicesAsync(subscriptionId, state.Version, cancellationToken) };
        if (envelope.Command is SubscriptionCommand.RecordUsage)
        {
            var keys = SubscriptionDecider.UsageKeysOf(state, decisionTerms, envelope.Command);
            var known = await services.Journal.FindUsageKeysAsync(subscriptionId, keys, cancellationToken);
            context = context with { KnownUsageKeys = known.Keys, UsageSince = Latest(now - services.UsageRetention, known.Floor) };
        }

        return context;
    }

    private static Instant? Latest(Instant? one, Instant? other) =>
        one is { } first && other is { } second ? Instant.Max(first, second) : one ?? other;

    private async ValueTask<HandlerOutcome> ReplayAsync(long version, CancellationToken cancellationToken)
    {
        if (state!.Version == version) return new HandlerOutcome(new CommandResult.Accepted(state, terms!, Replayed: true), []);
        var then = await services.Reader.FindAtVersionAsync(subscriptionId, version, cancellationToken)
            ?? throw new InvalidOperationException($"Subscription '{subscriptionId}' has no events up to version {version}.");
        return new HandlerOutcome(new CommandResult.Accepted(then.State, then.Terms, Replayed: true), []);
    }

    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        var stored = await services.Journal.LoadAsync(subscriptionId, cancellationToken);
        if (stored is null) loaded = true;
        else await AdoptAsync(stored, cancellationToken);
    }

    private async ValueTask AdoptAsync(StoredSubscription stored, CancellationToken cancellationToken)
    {
        if (loaded && state is not null && state.Version >= stored.Version) return;
        var (decoded, remembered) = SubscriptionCodec.Decode(stored.State);
        var decodedTerms = await TakeTermsAsync(decoded, cancellationToken);

        // Share the id strings of the terms instead of keeping a second copy.
        state = decoded with { Id = subscriptionId, OfferId = decodedTerms.Offer.Id };
        keys = new CommandKeys(remembered);
        loaded = true;
    }

    /// <summary>Looks up the terms, in which the product or the plan may have been edited.</summary>
    private async ValueTask<OfferTerms> TakeTermsAsync(Subscription of, CancellationToken cancellationToken)
    {
        var edits = services.Reader.CatalogEdits;
        var found = await services.Reader.TermsOfAsync(of, cancellationToken);
        (terms, catalogEdits) = (found, edits);
        return found;
    }

    private void Forget()
    {
        state = null;
        terms = null;
        keys = new CommandKeys(CommandMemory.Empty);
        loaded = false;
    }

    private static HandlerOutcome Accepted(Subscription state, OfferTerms terms) =>
        new(new CommandResult.Accepted(state, terms, Replayed: false), []);

    private static Step Refused(Next next, Refusal refusal) => new(next, new HandlerOutcome(new CommandResult.Refused(refusal), []));

    private static Step Failed(Next next, string code, string detail) =>
        new(next, new HandlerOutcome(new CommandResult.Unavailable(code, detail), []));

    private enum Next
    {
        Done,
        DoneIfFresh,

        /// <summary>Its usage was counted by then, perhaps by a commit that came after the state was read.</summary>
        DoneIfSeen,
        Reload,
        Fail,
    }

    private readonly record struct Step(Next Next, HandlerOutcome Outcome);
}

/// <summary>The services that all handlers of a host share.</summary>
/// <param name="Journal">The durable store.</param>
/// <param name="Reader">Reads history for replays.</param>
/// <param name="Clock">Business time.</param>
public sealed record SubscriptionHandlerServices(IJournal Journal, SubscriptionReader Reader, IClock Clock)
{
    /// <summary>Whether commits carry statistics. A load test turns this off to measure their cost.</summary>
    public bool CountsStatistics { get; init; } = true;

    /// <summary>How long ago usage may have happened, because its keys are kept no longer; null for no limit.</summary>
    public Duration? UsageRetention { get; init; }

    /// <summary>Creates the services over a journal and a catalog.</summary>
    public static SubscriptionHandlerServices Create(IJournal journal, CatalogCache catalog, IClock clock) =>
        new(journal, new SubscriptionReader(journal, catalog), clock);
}

/// <summary>A command's result, and the effects to run now that it is durable.</summary>
/// <param name="Result">For the caller.</param>
/// <param name="Effects">For the host, outside the turn.</param>
public readonly record struct HandlerOutcome(CommandResult Result, IReadOnlyList<Effect> Effects);
