using System.Globalization;
using NodaTime;
using OrleansBilling.Domain.Billing;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Statistics;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>
/// The strongest claim of a simulation: if a real run has a bank that rolls the same dice, and time passes, its figures
/// are exactly those of the simulation. The book has a bit of everything.
/// </summary>
public sealed class RealFutureTests
{
    private const int Months = 14;
    private static readonly Instant From = Instant.FromUtc(2024, 2, 10, 0, 0);

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(2, 60_000)]
    [InlineData(3, 45_000)]
    public async Task What_was_foretold_happens(long seed, int odds)
    {
        await using var book = new Book(new DicedProvider(seed, odds));
        await FillAsync(book);
        var foretold = Assert.Single(
            (await book.AskAsync(assumptions: new Assumptions(odds, odds, 0, 0), months: Months, seed: seed)).Currencies).Baseline;

        await book.MoveToAsync(From.InUtc().LocalDateTime.PlusMonths(Months).InUtc().ToInstant());

        var happened = await CountAsync(book);
        for (var month = 1; month <= Months; month++)
        {
            var (expected, actual) = (happened[month], foretold.Months[month - 1]);
            Assert.True(expected == actual, $"Month {month}: foretold was {actual}, what happened is {expected}.");
        }

        Assert.True(foretold.Total.Invoices > 100, $"Only {foretold.Total.Invoices} invoices: the book is too quiet to prove anything.");
        if (odds < Assumptions.Whole) Assert.NotEqual(0, foretold.Total.CanceledInvoluntary);
    }

    private static async Task FillAsync(Book book)
    {
        var catalog = book.Host.CatalogStore;
        var monthly = new BillingInterval(IntervalUnit.Month, 1);
        OfferTerms[] offers =
        [
            book.Host.Monthly,
            catalog.Sell("zoned", 5_000, monthly, zone: "America/Sao_Paulo"),
            catalog.Sell("weekly", 700, new BillingInterval(IntervalUnit.Week, 1), trialDays: 17),
            catalog.Sell(
                "term", 1_000, monthly, recurrences: 6, dunning: DunningPolicy.Default with { OnExhausted = ExhaustedAction.LeavePastDue }),
            catalog.Sell(
                "patient", 500, monthly,
                dunning: DunningPolicy.Default with { OnExhausted = ExhaustedAction.Pause, MoveBillingDate = true }),
            catalog.SellBeside(
                book.Host.Monthly, "yearly", 29_900, new BillingInterval(IntervalUnit.Year, 1), plan => plan with { Installments = 12 }),
            catalog.SellBeside(
                book.Host.Monthly, "seats", 990, monthly, plan =>
                    plan with { AlertDays = 5 }, offer => offer with { AddOns = [new AddOn("storage", "Storage", 333)] }),
        ];
        foreach (var terms in offers)
        {
            for (var n = 0; n < 5; n++)
            {
                await book.AddAsync(
                    $"{terms.Offer.Id}-{n}", terms, trialDays: terms.Plan.TrialDays, how: subscribe =>
                        terms.Offer.Id != "seats" ? subscribe : subscribe with
                {
                    Quantity = n + 1, AddOns = [new AddOnQuantity("storage", 2)],
                });
            }
        }

        await book.MoveToAsync(From);
        await TryAsync(book, "monthly-0", new SubscriptionCommand.ChangePlan(EffectiveAt.PeriodEnd, offers[5], null, null));
        await TryAsync(book, "monthly-1", new SubscriptionCommand.Cancel(EffectiveAt.PeriodEnd, null, null, CancellationRefund.None, null));
        await TryAsync(book, "monthly-2", new SubscriptionCommand.GiveRecurrences(2));
        await TryAsync(book, "seats-0", new SubscriptionCommand.Pause(EffectiveAt.PeriodEnd, Instant.FromUtc(2024, 5, 20, 12, 0)));
        await TryAsync(book, "seats-1", new SubscriptionCommand.ChangeBillingDate(null, new LocalDate(2024, 3, 8)));
    }

    /// <summary>A declining bank may have made a command impossible; with a bank that never declines, every command must succeed.</summary>
    private static async Task TryAsync(Book book, string id, SubscriptionCommand command)
    {
        var result = await book.Host.ExecuteAsync(id, command);
        if (result is CommandResult.Refused) Assert.NotEqual(SubscriptionStatus.Active, (await book.Host.ReadAsync(id)).Status);
        await book.Host.Runtime.RunDueAsync(CancellationToken.None);
    }

    /// <summary>Recounts from the journal: events by month, gauges from the committed statistics and from states.</summary>
    private static async Task<MonthFigures[]> CountAsync(Book book)
    {
        var grid = new MonthGrid(From, Months);
        var figures = new Figures(Months);
        foreach (var id in book.Host.Journal.Ids)
        {
            Subscription? state = null;
            foreach (var recorded in await book.Host.Reader.ReadHistoryAsync(id, CancellationToken.None))
            {
                var row = Enumerable.Range(0, Months).Count(month => recorded.Event.At >= grid.StartOf(month));
                var before = await RevenueAsync(book, state);
                var was = Population.IsSubscriber(state);
                state = SubscriptionEvolution.Evolve(state, recorded.Event);
                figures.Add(row, Figure.RecurringRevenue, await RevenueAsync(book, state) - before);
                figures.Add(row, Figure.Current, (Population.IsSubscriber(state) ? 1 : 0) - (was ? 1 : 0));
                if (recorded.Event is SubscriptionEvent.ChargeSucceeded paid) figures.Add(row, Figure.Collected, paid.Amount);
                if (InvoiceOf(recorded.Event) is { } invoice)
                {
                    figures.Add(row, Figure.Invoices, 1);
                    figures.Add(row, Figure.Invoiced, Math.Max(0, invoice.Total));
                }

                if (was && recorded.Event is SubscriptionEvent.Canceled canceled)
                    figures.Add(
                        row, canceled.Cancellation.Origin == CancellationOrigin.System
                            ? Figure.CanceledInvoluntary
                            : Figure.CanceledVoluntary, 1);
            }
        }

        var rows = figures.Rows();
        Assert.Equal(
            book.Host.Journal.Deltas.Where(delta => delta.Metric == StatisticMetric.MonthlyRecurringRevenue).Sum(delta => delta.Value),
            rows[^1].RecurringRevenue);
        Assert.Equal(
            book.Host.Journal.Deltas.Where(delta => delta.Metric == StatisticMetric.Subscribers).Sum(delta => delta.Value),
            rows[^1].Current);
        return rows;
    }

    private static async Task<long> RevenueAsync(Book book, Subscription? state) =>
        state is null ? 0 : RecurringRevenue.Net(state, await book.Host.Reader.TermsOfAsync(state, CancellationToken.None));

    private static IssuedInvoice? InvoiceOf(SubscriptionEvent e) => e switch
    {
        SubscriptionEvent.RecurrenceStarted x => x.Invoice,
        SubscriptionEvent.InvoiceIssued x => x.Invoice,
        _ => null,
    };

    /// <summary>A bank that rolls the dice of a simulation.</summary>
    private sealed class DicedProvider(long seed, int odds) : IPaymentProvider
    {
        public ValueTask<PaymentOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
        {
            var parts = request.Key.Split(':');
            var pays = new LifeDice(seed, parts[0]).Pays(Number(parts[1]), Number(parts[2]), LifeDice.ChanceOf(odds));
            return new(pays ? new PaymentOutcome.Succeeded() : new PaymentOutcome.Declined("diced", Hard: false));
        }

        public ValueTask<PaymentOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
            new(new PaymentOutcome.Succeeded());

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
