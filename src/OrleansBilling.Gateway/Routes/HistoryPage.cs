using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A request for a page of one subscription's events, invoices, credit notes or chargebacks.</summary>
/// <param name="Query">The query, to which the cursors belong.</param>
/// <param name="View">The subscription; the caller may see it.</param>
/// <param name="Limit">The most entries on the page.</param>
/// <param name="After">The last position of the previous page; 0 for the first page.</param>
internal sealed record HistoryPage(Query Query, SubscriptionView View, int Limit, long After)
{
    /// <summary>A page ends early before it exceeds this many bytes of data, but it has at least one entry.</summary>
    public const int BytesMax = 1_048_576;

    /// <summary>Reads the path and the query, or returns the error in them.</summary>
    public static async ValueTask<(HistoryPage? Asked, ApiError? Error)> AskAsync(ApiCall call, CallersSubscriptions subscriptions)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorNumber() ?? 0;
        if (call.Query.Error is { } error) return (null, error);
        return await subscriptions.FindAsync(call) is { } view
            ? (new HistoryPage(call.Query, view, limit, after), null)
            : (null, ApiErrors.From(Refusal.NotFound));
    }

    /// <summary>
    /// Shows as many entries as fit in number and in bytes, at least one. If entries are left, returns a cursor for the
    /// next page.
    /// </summary>
    public (ImmutableArray<TDocument> Data, string? NextCursor) Cut<T, TDocument>(
        IEnumerable<T> found, Func<T, TDocument> show, Func<T, long> position, JsonTypeInfo<TDocument> json) =>
        Cut(Query, Limit, found, show, one => position(one).ToString(CultureInfo.InvariantCulture), json);

    /// <summary>Likewise for any list.</summary>
    /// <param name="position">What the cursor after an entry says.</param>
    public static (ImmutableArray<TDocument> Data, string? NextCursor) Cut<T, TDocument>(
        Query query, int limit, IEnumerable<T> found, Func<T, TDocument> show, Func<T, string> position, JsonTypeInfo<TDocument> json)
    {
        var data = ImmutableArray.CreateBuilder<TDocument>();
        var bytes = 0;
        var last = "";
        foreach (var one in found)
        {
            var document = show(one);
            bytes += JsonSerializer.SerializeToUtf8Bytes(document, json).Length;
            if (data.Count == limit || (data.Count > 0 && bytes > BytesMax)) return (data.DrainToImmutable(), query.NextCursor(last));
            data.Add(document);
            last = position(one);
        }

        return (data.DrainToImmutable(), null);
    }
}
