using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansBilling.Runtime.Customers;
using OrleansBilling.Runtime.Lists;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Runtime.Search;

/// <summary>
/// Finds subscriptions, customers and invoices, the best match first. The index only names them: each is read where it is stored, so what
/// was acknowledged before is found, and as it is now. All calls throw <see cref="JournalUnavailableException"/> when the database does
/// not answer.
/// </summary>
public sealed partial class SearchReader(
    ISearchIndex index, SubscriptionReader reader, CustomerFinder finder, CustomerReader customers, IDocumentNumbers numbers,
    ILogger<SearchReader> logger)
{
    /// <summary>The fewest characters of an id or a mail address that are taken for a beginning.</summary>
    public const int StartCharactersMin = 3;

    /// <summary>The fewest characters that are taken for the beginning of a name: some names have no more.</summary>
    public const int NameCharactersMin = 2;

    /// <summary>The customers whose subscriptions are shown too, and how many of each.</summary>
    private const int CustomersShownMax = 10;
    private const int SubscriptionsOfEachMax = 10;

    /// <summary>How many histories are read at a time.</summary>
    private const int HistoriesMax = 8;

    public async ValueTask<IReadOnlyList<SearchResult>> FindAsync(
        SearchQuery query, SearchScope scope, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(scope);
        var (text, found) = (query.Text, new SearchList(limit));
        await AddExactAsync(query);
        if (text.Contains('@', StringComparison.Ordinal)) await AddCustomersAsync(new SearchLook.Email(text), SearchMatch.Email);
        await AddSubscriptionsOfAsync();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) await AddNumberedAsync(number);
        if (text.Length >= StartCharactersMin)
        {
            await AddIdsAsync();
            await AddCustomersAsync(new SearchLook.Emails(text), SearchMatch.Email);
        }

        if (text.Length >= NameCharactersMin)
            await AddCustomersAsync(new SearchLook.Names(CustomerNames.Fold(text)), SearchMatch.Name);
        await AddSubscriptionsOfAsync();
        return found.Results;

        async ValueTask AddExactAsync(SearchQuery exact)
        {
            await AddSubscriptionsAsync([exact.Text], SearchMatch.Id);
            if (await FindCustomerAsync(exact.Text, scope, cancellationToken) is { } customer)
                found.Add(new SearchResult.Customer(SearchMatch.Id, customer));
            if (exact.Invoice is not { } invoice) return;
            if (await TryInvoiceAsync(invoice.SubscriptionId, invoice.Number, scope, cancellationToken) is not { } billed) return;
            var known = await numbers.FindAsync([(invoice.SubscriptionId, DocumentKind.Invoice, invoice.Number)], cancellationToken);
            found.Add(new SearchResult.Invoice(SearchMatch.Id, billed, known[0]));
        }

        async ValueTask AddIdsAsync()
        {
            if (found.IsFull) return;
            var subscriptions = await LookAsync(new SearchLook.SubscriptionIds(text));
            var sold = await ViewsAsync(subscriptions.Select(row => row.Id), SearchMatch.Id);
            var named = await ProfilesAsync(await LookAsync(new SearchLook.CustomerIds(text)), SearchMatch.Id);
            foreach (var one in sold.Concat<SearchResult>(named).OrderBy(SearchList.IdOf, StringComparer.Ordinal)) found.Add(one);
        }

        async ValueTask AddCustomersAsync(SearchLook look, SearchMatch by)
        {
            if (found.IsFull) return;
            foreach (var one in await ProfilesAsync(await LookAsync(look), by))
            {
                // A program of an older release changes a name without the words by which it is found.
                if (look is SearchLook.Names names && !CustomerNames.HasWord(one.Profile.Name, names.Start)) continue;
                found.Add(one);
            }
        }

        async ValueTask AddNumberedAsync(long wanted)
        {
            if (found.IsFull) return;
            foreach (var chunk in (await LookAsync(new SearchLook.InvoiceNumber(wanted))).Chunk(HistoriesMax))
            {
                var read = chunk.Select(row => TryInvoiceAsync(row.Id, row.Ordinal, scope, cancellationToken).AsTask());
                foreach (var billed in await Task.WhenAll(read))
                {
                    if (billed is not null) found.Add(new SearchResult.Invoice(SearchMatch.Number, billed, wanted));
                }
            }
        }

        async ValueTask AddSubscriptionsOfAsync()
        {
            var ids = found.TakeCustomers(CustomersShownMax);
            if (found.IsFull || ids.IsEmpty) return;
            var rows = await index.FindAsync(
                new SearchLook.SubscriptionsOf(ids), scope, SubscriptionsOfEachMax, cancellationToken);
            var sold = await ViewsAsync(rows.Select(row => row.Id), SearchMatch.Customer);
            foreach (var id in ids)
            {
                var own = sold.Where(one => one.View.State.Customer.Id == id).OrderByDescending(one => one.View.State.CreatedAt);
                foreach (var one in own) found.Add(one);
            }
        }

        async ValueTask AddSubscriptionsAsync(IEnumerable<string> ids, SearchMatch by)
        {
            foreach (var one in await ViewsAsync(ids, by)) found.Add(one);
        }

        ValueTask<IReadOnlyList<SearchRow>> LookAsync(SearchLook look) => index.FindAsync(look, scope, limit, cancellationToken);

        async ValueTask<List<SearchResult.Subscription>> ViewsAsync(IEnumerable<string> ids, SearchMatch by)
        {
            // Loads that are asked for together are read together.
            var views = await Task.WhenAll(ids.Select(id => TryFindAsync(id, scope, cancellationToken).AsTask()));
            var read = views.OfType<SubscriptionView>().ToList();
            var known = await customers.FindAsync(read.Select(view => view.State.Customer.Id), cancellationToken);
            return [.. read.Select(view =>
                new SearchResult.Subscription(by, view, known.GetValueOrDefault(view.State.Customer.Id)))];
        }

        async ValueTask<List<SearchResult.Customer>> ProfilesAsync(IReadOnlyList<SearchRow> rows, SearchMatch by)
        {
            var known = await customers.FindAsync(rows.Select(row => row.Id), cancellationToken);
            return [.. rows.Where(row => known.ContainsKey(row.Id)).Select(row => new SearchResult.Customer(by, known[row.Id]))];
        }
    }

    private async ValueTask<CustomerProfile?> FindCustomerAsync(string id, SearchScope scope, CancellationToken cancellationToken)
    {
        if (scope.CustomerId is { } own && own != id) return null;
        if (scope.SellerId is { } sellerId && !await finder.IsKnownToAsync(id, sellerId, cancellationToken)) return null;
        return await finder.FindAsync(id, cancellationToken);
    }

    /// <summary>Null for a subscription that does not exist, belongs to others or is damaged.</summary>
    private async ValueTask<SubscriptionView?> TryFindAsync(string id, SearchScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.FindAsync(id, cancellationToken) is { } view &&
                scope.MaySee(view.Terms.Product.SellerId, view.State.Customer.Id)
                ? view
                : null;
        }
        catch (Exception e) when (e is not JournalUnavailableException and not OperationCanceledException)
        {
            LogUnreadable(e, id);
            return null;
        }
    }

    private async ValueTask<BilledInvoice?> TryInvoiceAsync(
        string subscriptionId, int number, SearchScope scope, CancellationToken cancellationToken)
    {
        if (await TryFindAsync(subscriptionId, scope, cancellationToken) is not { } view) return null;
        try
        {
            var own = await reader.ReadInvoicesAsync(subscriptionId, view.State.Version, cancellationToken);
            return number <= own.Count ? InvoiceDerivation.Of(view, own[number - 1]) : null;
        }
        catch (Exception e) when (e is not JournalUnavailableException and not OperationCanceledException)
        {
            LogUnreadable(e, subscriptionId);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Subscription '{SubscriptionId}' cannot be read, so the search does not show it.")]
    private partial void LogUnreadable(Exception exception, string subscriptionId);
}
