using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Creates products, plans, offers and coupons: handles taken ids and the seller's limits. A key's answer is remembered for a day
/// (<see cref="KeyedRequests"/>); after that, or if a process died in the middle, the stored document decides.
/// </summary>
internal sealed class CatalogCreation(CatalogRoom room)
{
    /// <param name="sellerId">The owner.</param>
    /// <param name="givenId">The id chosen by the caller, or null.</param>
    /// <param name="id">The id that it gets.</param>
    /// <param name="wanted">The thing to create.</param>
    /// <param name="addAsync">Adds it; returns false if its id is taken.</param>
    /// <param name="findAsync">Finds the stored thing with the same id.</param>
    /// <param name="show">Converts it to its document.</param>
    public async ValueTask<IResult> CreateAsync<T, TDocument>(
        ApiCall call,
        CatalogKind kind,
        string sellerId,
        string? givenId,
        string id,
        T wanted,
        Func<T, CancellationToken, ValueTask<bool>> addAsync,
        Func<CancellationToken, ValueTask<T?>> findAsync,
        Func<T, TDocument> show,
        JsonTypeInfo<TDocument> type)
        where T : class
    {
        var full = room.ValidateSize(kind, show(wanted), type) ?? await room.RefuseMoreAsync(sellerId, kind, call.Aborted);
        if (full is null && await addAsync(wanted, call.Aborted)) return Created(replayed: false);

        // At the limit, a request that repeats an earlier one still gets its answer, and a taken id is still reported.
        var found = full is null && call.Key is null ? null : await findAsync(call.Aborted);
        if (full is not null && found is null) return Answers.Problem(full);
        if (call.Key is null) return Answers.Problem(ApiErrors.Exists(CatalogRoom.WordOf(kind)));
        if (found is not null && IsSame(show(found), show(wanted), type))
            return Created(replayed: true);
        return Answers.Problem(givenId is null ? ApiErrors.From(Refusal.KeyReused) : ApiErrors.Exists(CatalogRoom.WordOf(kind)));

        IResult Created(bool replayed) => Answers.Json(
            StatusCodes.Status201Created, show(wanted), type, replayed, $"/v1/{CatalogRoom.WordOf(kind)}s/{id}",
            kind == CatalogKind.Offer ? 1 : null);
    }

    /// <summary>
    /// Compares the documents, because they hold all of the data. The domain records cannot be compared: their lists
    /// compare by reference.
    /// </summary>
    private static bool IsSame<TDocument>(TDocument found, TDocument wanted, JsonTypeInfo<TDocument> type) =>
        JsonSerializer.SerializeToUtf8Bytes(found, type).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(wanted, type));
}
