using Microsoft.Extensions.Logging.Abstractions;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Simulation.Turns;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>
/// One subscription that is really sold: a command, an invoice, a charge. Its copies get the same rows and differ only in the
/// id, which always has the same length.
/// </summary>
internal sealed class SeedTemplate
{
    private const string SoldWith = "tok_ok";
    private const long ProviderSeed = 1;
    private static readonly string PlaceholderId = Subscriptions.Id(0);

    private SeedTemplate(SeedPart part, JournalCommit commit)
    {
        Part = part;
        Commit = commit;
        (State, _) = SubscriptionCodec.Decode(commit.State);
    }

    public SeedPart Part { get; }

    /// <summary>Everything that the sale wrote, under the placeholder id.</summary>
    public JournalCommit Commit { get; }

    /// <summary>The subscription after the sale.</summary>
    public Subscription State { get; }

    /// <exception cref="LoadTestException">The subscription could not be sold or charged.</exception>
    public static async Task<SeedTemplate> SellAsync(SeedPart part, CatalogCache catalog, CancellationToken cancellationToken)
    {
        var journal = new TemplateJournal();
        var clock = new VirtualClock(part.SoldAt);
        await using var runtime = new TurnHost(
            new TurnHostOptions(), journal, journal, catalog, new SimulatedPaymentProvider(ProviderSeed), clock, TimeProvider.System,
            NullLoggerFactory.Instance);
        await ExecuteAsync(
            runtime, new SubscriptionCommand.Subscribe(
                PlaceholderId, part.Terms, new Customer(CustomerOf(PlaceholderId), null), SoldWith, null, null, null), cancellationToken);
        await runtime.RunDueAsync(cancellationToken);
        if (part.Token != SoldWith) await ExecuteAsync(runtime, new SubscriptionCommand.ChangePaymentMethod(part.Token), cancellationToken);
        var template = new SeedTemplate(part, journal.Whole!);
        return template.State.Status == SubscriptionStatus.Active
            ? template
            : throw new LoadTestException($"The sold subscription is {template.State.Status}, not active.");
    }

    public static string CustomerOf(string subscriptionId) => $"customer-{subscriptionId}";

    /// <summary>Bytes of the template with the positions of its id, for patching.</summary>
    public static PatchedBytes Patched(byte[] template) => new(template, PlaceholderId);

    /// <summary>The commit that sells one more subscription of this kind.</summary>
    public JournalCommit CommitFor(string subscriptionId) => new()
    {
        SubscriptionId = subscriptionId,
        ExpectedVersion = 0,
        NewVersion = Commit.NewVersion,
        State = Patched(Commit.State).For(subscriptionId),
        DueAt = Commit.DueAt,
        Events = [.. Commit.Events.Select(stored => stored with { Data = Patched(stored.Data).For(subscriptionId) })],
        Directory = Commit.Directory! with { CustomerId = CustomerOf(subscriptionId) },
        Deltas = Commit.Deltas,
        Balances = Commit.Balances,
    };

    private static async Task ExecuteAsync(TurnHost runtime, SubscriptionCommand command, CancellationToken cancellationToken)
    {
        var result = await runtime.ExecuteAsync(PlaceholderId, new CommandEnvelope(command, Caller.Administrator), cancellationToken);
        if (result is not CommandResult.Accepted) throw new LoadTestException($"Could not sell a subscription: {result}");
    }
}
