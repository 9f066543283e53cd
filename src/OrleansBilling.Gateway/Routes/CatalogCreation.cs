using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>What creating a product, a plan, an offer or a coupon has in common: a taken id, repeats by key, and room for it.</summary>
internal sealed class CatalogCreation(CatalogKeys keys, CatalogRoom room)
{
    /// <param name="call">The request.</param>
    /// <param name="kind">What is made.</param>
    /// <param name="sellerId">Whose it will be.</param>
    /// <param name="givenId">The caller's own id, or null.</param>
    /// <param name="wanted">What is made.</param>
    /// <param name="addAsync">Adds it; false when its id is taken.</param>
    /// <param name="findAsync">Finds what has its id.</param>
    /// <param name="show">How it is shown.</param>
    /// <param name="type">As what.</param>
    public async ValueTask<IResult> CreateAsync<T, TDocument>(
        ApiCall call,
        CatalogKind kind,
        string sellerId,
        string? givenId,
        T wanted,
        Func<T, CancellationToken, ValueTask<bool>> addAsync,
        Func<CancellationToken, ValueTask<T?>> findAsync,
        Func<T, TDocument> show,
        JsonTypeInfo<TDocument> type)
        where T : class
    {
        if (keys.IsReused(call)) return Answers.Problem(ApiErrors.From(Refusal.KeyReused));
        var full = room.ValidateSize(kind, show(wanted), type) ?? await room.RefuseMoreAsync(sellerId, kind, call.Aborted);
        if (full is null && await addAsync(wanted, call.Aborted))
        {
            keys.Remember(call);
            return Answers.Json(StatusCodes.Status201Created, show(wanted), type);
        }

        // Where there is no room, what is there already is still told, and repeated.
        var found = full is null && call.Key is null ? null : await findAsync(call.Aborted);
        if (full is not null && found is null) return Answers.Problem(full);
        if (call.Key is null) return Answers.Problem(ApiErrors.Exists(CatalogRoom.WordOf(kind)));
        if (found is not null && IsSame(show(found), show(wanted), type))
            return Answers.Json(StatusCodes.Status201Created, show(wanted), type, replayed: true);
        return Answers.Problem(givenId is null ? ApiErrors.From(Refusal.KeyReused) : ApiErrors.Exists(CatalogRoom.WordOf(kind)));
    }

    /// <summary>What is shown is all that there is; lists within make the things themselves differ by mere identity.</summary>
    private static bool IsSame<TDocument>(TDocument found, TDocument wanted, JsonTypeInfo<TDocument> type) =>
        JsonSerializer.SerializeToUtf8Bytes(found, type).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(wanted, type));
}
