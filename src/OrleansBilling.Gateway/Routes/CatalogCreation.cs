using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// Creates products, plans, offers and coupons: handles taken ids and the seller's limits. A key's answer is remembered for a day
/// (<see cref="KeyedRequests"/>); after that, or if a process died in the middle, the stored document decides.
/// </summary>
internal sealed class CatalogCreation(CatalogRoom room, IClock clock)
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
        Func<T, Instant, CancellationToken, ValueTask<bool>> addAsync,
        Func<CancellationToken, ValueTask<Shelved<T>?>> findAsync,
        Func<Shelved<T>, TDocument> show,
        JsonTypeInfo<TDocument> type)
        where T : class
    {
        var made = new Shelved<T>(wanted, Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds()));
        var full = room.ValidateSize(kind, show(made), type) ?? await room.RefuseMoreAsync(sellerId, kind, call.Aborted);
        if (full is null && await addAsync(wanted, made.CreatedAt!.Value, call.Aborted)) return Created(made, replayed: false);

        // At the limit, a request that repeats an earlier one still gets its answer, and a taken id is still reported.
        var found = full is null && call.Key is null ? null : await findAsync(call.Aborted);
        if (full is not null && found is null) return Answers.Problem(full);
        if (call.Key is null) return Answers.Problem(ApiErrors.Exists(CatalogRoom.WordOf(kind)));
        if (found is not null && IsSame(found, made))
            return Created(found, replayed: true);
        return Answers.Problem(givenId is null ? ApiErrors.From(Refusal.KeyReused) : ApiErrors.Exists(CatalogRoom.WordOf(kind)));

        IResult Created(Shelved<T> created, bool replayed) => Answers.Json(
            StatusCodes.Status201Created, show(created), type, replayed, $"/v1/{CatalogRoom.WordOf(kind)}s/{id}", created.Revision);

        // The documents are compared, because they hold all of the data. The lists of domain records compare by reference.
        bool IsSame(Shelved<T> stored, Shelved<T> asked) =>
            JsonSerializer.SerializeToUtf8Bytes(show(new(stored.Entry)), type).AsSpan()
                .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(show(new(asked.Entry)), type));
    }
}
