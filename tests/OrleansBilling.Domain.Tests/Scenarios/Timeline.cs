using System.Globalization;
using System.Text;

namespace OrleansBilling.Domain.Tests.Scenarios;

/// <summary>
/// One subscription with its clock, its bank and its whole history. Every command goes through the decider. After every
/// decision the laws are checked against state and events; a broken law prints the story.
/// </summary>
public sealed partial class Timeline
{
    private readonly List<SubscriptionEvent> events = [];
    private readonly List<Step> steps = [];
    private int toldFrom;

    private readonly Dictionary<(string, int), OfferTerms> catalog = [];
    private readonly HashSet<string> usageKeys = [];
    private OfferTerms? scheduledTerms;

    public Timeline(OfferTerms terms, Instant now)
    {
        Terms = terms;
        TermsBefore = terms;
        catalog[(terms.Offer.Id, terms.Offer.Version)] = terms;
        Now = now;
        Laws = new Laws.LawBook(this);
    }

    /// <summary>The current terms.</summary>
    public OfferTerms Terms { get; private set; }

    /// <summary>The terms before the last decision.</summary>
    public OfferTerms TermsBefore { get; private set; }

    /// <summary>The terms of an offer's version that was sold in this story.</summary>
    public OfferTerms Catalog(string offerId, int version) => catalog[(offerId, version)];

    /// <summary>Number of usage keys that the journal would store.</summary>
    public int UsageKeyCount => usageKeys.Count;

    public Instant Now { get; private set; }

    public Bank Bank { get; } = new();

    public Laws.LawBook Laws { get; }

    public IReadOnlyList<SubscriptionEvent> Events => events;

    /// <summary>The events of the last <see cref="Tell"/>, including those of the bank's answers.</summary>
    public IReadOnlyList<SubscriptionEvent> Told => events[toldFrom..];

    public Subscription? StateOrNull { get; private set; }

    public Subscription State => StateOrNull ?? throw new InvalidOperationException("Nobody has subscribed yet.");

    public SubscriptionStatus Status => State.Status;

    /// <summary>Every status after a decision.</summary>
    public HashSet<SubscriptionStatus> Visited { get; } = [];

    public IReadOnlyList<Invoice> Invoices => InvoiceBook.Fold(events);

    public Invoice Invoice(int number) => Invoices.Single(invoice => invoice.Number == number);

    /// <summary>Whether <see cref="Tell"/> skips due work and the bank's answers, like a process that just crashed.</summary>
    public bool Down { get; set; }

    /// <summary>Whether the whole history is checked after every step, and not only at the end.</summary>
    public bool Thorough { get; init; } = true;

    public IEnumerable<T> All<T>()
        where T : SubscriptionEvent => events.OfType<T>();

    /// <summary>The names of the events of the last <see cref="Tell"/>, in order.</summary>
    public string[] Happened => [.. Told.Select(e => e.GetType().Name)];

    /// <summary>Sends a command, which must be accepted, and then does the work that is due at this instant.</summary>
    public Timeline Tell(SubscriptionCommand command, Caller? caller = null)
    {
        toldFrom = events.Count;
        if (Decide(command, caller ?? By.Administrator).Refusal is { } refusal)
            throw new InvalidOperationException($"Refused: {refusal.Code}.\n{Story()}");
        if (!Down) Settle();
        if (Thorough) Laws.HoldWhole();
        return this;
    }

    /// <summary>Sends a command that must be refused, and returns the refusal.</summary>
    public Refusal Refuses(SubscriptionCommand command, Caller? caller = null) =>
        Decide(command, caller ?? By.Administrator).Refusal
        ?? throw new InvalidOperationException($"{command} was accepted.\n{Story()}");

    /// <summary>Makes one decision and nothing else.</summary>
    public Decision Decide(SubscriptionCommand command, Caller caller)
    {
        var before = StateOrNull;
        Offer(command);
        var context = new DecisionContext(Now, Terms, caller)
        {
            ScheduledTerms = scheduledTerms,
            Invoices = SubscriptionDecider.NeedsInvoices(before, command) ? Invoices : null,
            KnownUsageKeys = SubscriptionDecider.UsageKeysOf(before, Terms, command).Where(usageKeys.Contains).ToHashSet(),
            UsageSince = Now - UsageKept,
        };
        var decision = SubscriptionDecider.Decide(before, command, context);
        TermsBefore = Terms;
        if (decision.Refusal is null)
        {
            Terms = decision.Terms ?? Terms;
            scheduledTerms = decision.ScheduledTerms;
            foreach (var key in decision.UsageKeys) Laws.Require(usageKeys.Add(key), "a usage key is met once");
        }

        events.AddRange(decision.Steps.Select(step => step.Event));
        steps.Add(new Step(Now, command, caller, decision));
        StateOrNull = decision.State;
        if (decision.State is { } state) Visited.Add(state.Status);
        Laws.Hold(before, command, caller, decision);
        return decision;
    }

    /// <summary>Adds what a command sells to the catalog.</summary>
    private void Offer(SubscriptionCommand command)
    {
        var sold = command switch
        {
            SubscriptionCommand.ChangePlan x => x.Terms,
            SubscriptionCommand.AcceptRetention x => x.Terms,
            _ => null,
        };
        if (sold is not null) catalog[(sold.Offer.Id, sold.Offer.Version)] = sold;
    }

    /// <summary>How long usage keys are kept; null for ever.</summary>
    public Duration? UsageKept { get; set; }

    /// <summary>The preview of a command's invoice. Nothing happens.</summary>
    public InvoicePreview Preview(SubscriptionCommand command) =>
        SubscriptionDecider.Preview(State, command, new DecisionContext(Now, Terms, By.Administrator) { ScheduledTerms = scheduledTerms });

    /// <summary>All steps so far, printed when a test fails.</summary>
    public string Story()
    {
        var story = new StringBuilder();
        foreach (var step in steps)
        {
            var refused = step.Decision.Refusal is { } refusal ? $" refused: {refusal.Code}" : "";
            story.AppendLine(CultureInfo.InvariantCulture, $"{step.At} {step.Caller.Role} {step.Caller.Id}: {step.Command}{refused}");
            foreach (var (e, _, _) in step.Decision.Steps) story.AppendLine(CultureInfo.InvariantCulture, $"    {e}");
        }

        story.AppendLine(StateOrNull?.ToString());
        foreach (var invoice in StateOrNull?.OpenInvoices ?? []) story.AppendLine(CultureInfo.InvariantCulture, $"    {invoice}");
        return story.ToString();
    }

    private readonly record struct Step(Instant At, SubscriptionCommand Command, Caller Caller, Decision Decision);
}
