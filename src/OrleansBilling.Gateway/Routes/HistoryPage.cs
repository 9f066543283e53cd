using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A page of what happened to one subscription (events, invoices, credit notes), as it is asked for.</summary>
/// <param name="View">The subscription, which the caller may know of.</param>
/// <param name="Limit">Entries of the page.</param>
/// <param name="After">Where the page before ended; 0 for the first.</param>
internal sealed record HistoryPage(SubscriptionView View, int Limit, long After)
{
    /// <summary>Bytes of data after which a page ends early.</summary>
    public const int BytesMax = 1_048_576;

    /// <summary>What the path and the query ask for, or why that makes no sense.</summary>
    public static async ValueTask<(HistoryPage? Asked, ApiError? Error)> AskAsync(ApiCall call, CallersSubscriptions subscriptions)
    {
        var limit = call.Query.Limit();
        var after = call.Query.CursorNumber();
        if (call.Query.Error is { } error) return (null, error);
        return await subscriptions.FindAsync(call) is { } view
            ? (new HistoryPage(view, limit, after), null)
            : (null, ApiErrors.From(Refusal.NotFound));
    }

    /// <summary>Shows as many as fit, in number and in bytes, one at least; whatever is left makes a next cursor.</summary>
    public (ImmutableArray<TDocument> Data, string? NextCursor) Cut<T, TDocument>(
        IEnumerable<T> found, Func<T, TDocument> show, Func<T, long> position, JsonTypeInfo<TDocument> json)
    {
        var data = ImmutableArray.CreateBuilder<TDocument>();
        var bytes = 0;
        var last = 0L;
        foreach (var one in found)
        {
            var document = show(one);
            bytes += JsonSerializer.SerializeToUtf8Bytes(document, json).Length;
            if (data.Count == Limit || (data.Count > 0 && bytes > BytesMax)) return (data.DrainToImmutable(), Cursor.Encode(last));
            data.Add(document);
            last = position(one);
        }

        return (data.DrainToImmutable(), null);
    }
}
