using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Documents;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>
/// A live book to simulate. Unless a test says otherwise, every subscription starts on 2024-01-31, 09:30 UTC, at 29.90
/// a month. Simulations start on 2024-02-10, so renewals fall on 02-29, 03-31, 04-30 …
/// </summary>
internal sealed class Book : IAsyncDisposable
{
    public static readonly Assumptions Certain = new(Assumptions.Whole, Assumptions.Whole, 0, 0);
    public static readonly WhatIfChanges Nothing = new(ImmutableSortedDictionary<string, PriceChange>.Empty, null, PriceScope.Existing);

    public Book(IPaymentProvider? provider = null)
    {
        Host = new Host(provider: provider);
        Directory = new JournalDirectory(Host.Journal);
    }

    public Host Host { get; }

    public JournalDirectory Directory { get; }

    public static async Task<Book> OfAsync(int subscriptions)
    {
        var book = new Book();
        for (var n = 0; n < subscriptions; n++) await book.Host.SubscribedAsync($"s{n:000}");
        await book.MoveToAsync(Instant.FromUtc(2024, 2, 10, 0, 0));
        return book;
    }

    public static WhatIfChanges Price(
        long? amount = null, int? percent = null, string offerId = "monthly", PriceScope appliesTo = PriceScope.Existing) =>
        Nothing with { Offers = Nothing.Offers.Add(offerId, new PriceChange(amount, percent * 1_000)), AppliesTo = appliesTo };

    public static WhatIfChanges Dunning(DunningChange change) => Nothing with { Dunning = change };

    public async Task MoveToAsync(Instant to)
    {
        using var numbering = new DocumentNumbering(new WaitingDocuments(), TimeProvider.System, NullLogger<DocumentNumbering>.Instance);
        using var time = new VirtualTime(Host.Runtime, numbering, Host.Journal, new MemorySettings(), Host.Clock, TimeProvider.System);
        await time.AdvanceAsync(to, CancellationToken.None);
    }

    public async Task<Subscription> AddAsync(
        string id, OfferTerms terms, string? token = "tok_ok", int? trialDays = null,
        Func<SubscriptionCommand.Subscribe, SubscriptionCommand.Subscribe>? how = null)
    {
        var subscribe = new SubscriptionCommand.Subscribe(id, terms, new Customer($"customer-{id}", null), token, trialDays, null, null);
        Assert.IsType<CommandResult.Accepted>(await Host.ExecuteAsync(id, how is null ? subscribe : how(subscribe)));
        await Host.Runtime.RunDueAsync(CancellationToken.None);
        return await Host.ReadAsync(id);
    }

    public async Task DoAsync(string id, SubscriptionCommand command)
    {
        Assert.IsType<CommandResult.Accepted>(await Host.ExecuteAsync(id, command));
        await Host.Runtime.RunDueAsync(CancellationToken.None);
    }

    public WhatIfQuestion Question(WhatIfChanges? changes = null, Assumptions? assumptions = null, int months = 3, long seed = 1) => new()
    {
        Seed = seed, From = Host.Clock.GetCurrentInstant(), Months = months, Changes = changes ?? Nothing,
        Assumptions = assumptions ?? Certain,
        BookSize = Host.Journal.Ids.Count(),
    };

    /// <summary>
    /// Runs a simulation with this many workers and pages of 7, so that page boundaries and worker handovers occur
    /// often.
    /// </summary>
    public Task<SimulationResult> AskAsync(WhatIfQuestion question, int workers = 1, int stepsMax = 20_000) =>
        new SimulationRun(
            question, Directory, Host.Reader, new SimulationOptions { WorkersMax = workers, PageMax = 7, StepsMax = stepsMax })
                .RunAsync(CancellationToken.None);

    public Task<SimulationResult> AskAsync(WhatIfChanges? changes = null, Assumptions? assumptions = null, int months = 3, long seed = 1) =>
        AskAsync(Question(changes, assumptions, months, seed));

    public MemorySimulations Store { get; } = new();

    /// <summary>One of the processes that share the store; it runs waiting simulations.</summary>
    public Simulations Simulations(SimulationOptions? options = null, TimeProvider? time = null, string runner = "runner-1")
    {
        var simulations = new Simulations(
            Store, Directory, Host.Reader, runner, options ?? new SimulationOptions(), time ?? TimeProvider.System,
            NullLogger<Simulations>.Instance);
        simulations.Start();
        return simulations;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
