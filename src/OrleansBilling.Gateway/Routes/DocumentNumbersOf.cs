using OrleansBilling.Gateway.Http;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Subscriptions;

namespace OrleansBilling.Gateway.Routes;

/// <summary>The numbers of a subscription's documents of one kind in the seller's series.</summary>
internal readonly struct DocumentNumbersOf(IReadOnlyDictionary<IssuedDocument, long> numbers, DocumentKind kind, string sellerId)
{
    public static async ValueTask<DocumentNumbersOf> ReadAsync(
        IDocumentNumbers numbers, ApiCall call, SubscriptionView view, DocumentKind kind) =>
        new(await numbers.FindAsync(call.Id, call.Aborted), kind, view.Terms.Product.SellerId);

    /// <summary>Null until a number is assigned.</summary>
    public long? Find(int ordinal) => numbers.TryGetValue(new IssuedDocument(kind, ordinal, sellerId), out var number) ? number : null;
}
