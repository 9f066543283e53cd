using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Catalog;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// A kind of catalog entry that is edited in place: how a caller's own one is found, shown and replaced.
/// </summary>
/// <param name="FindAsync">The caller's own entry with the id in the path; null if there is none.</param>
/// <param name="ReplaceAsync">Stores the next revision; false if another edit came first.</param>
internal sealed record Editable<T, TDocument>(
    CatalogKind Kind,
    Func<ApiCall, ValueTask<Shelved<T>?>> FindAsync,
    Func<Shelved<T>, CancellationToken, ValueTask<bool>> ReplaceAsync,
    Func<ApiCall, Shelved<T>, ValueTask<TDocument>> ShowAsync,
    JsonTypeInfo<TDocument> Type)
    where T : class;

/// <summary>
/// Archives and patches products, plans and coupons. Each edit is a new revision, which is the entity tag; an edit that meets another
/// one is made again on what that one left.
/// </summary>
internal sealed class CatalogEdits(CatalogCache catalog, CatalogRoom room, IClock clock)
{
    /// <summary>How often to try again when other edits of the same entry keep winning.</summary>
    private const int TriesMax = 32;

    public Instant Now => Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    /// <summary>Archives an entry, or puts it on sale again. Doing it twice changes nothing.</summary>
    public ValueTask<IResult> ArchiveAsync<T, TDocument>(ApiCall call, Editable<T, TDocument> kind, bool archived)
        where T : class =>
        EditAsync(call, kind, found => new((found with { ArchivedAt = archived ? found.ArchivedAt ?? Now : null }, null)));

    /// <summary>Applies a merge patch.</summary>
    /// <param name="clean">Removes from the document what the body does not have.</param>
    /// <param name="changeAsync">Checks the patched body and makes the entry that it describes.</param>
    public ValueTask<IResult> PatchAsync<T, TDocument, TBody>(
        ApiCall call, Editable<T, TDocument> kind, JsonTypeInfo<TBody> type, IReadOnlyList<string> fixedFields, Action<JsonObject> clean,
        Func<T, TBody, ValueTask<(T? Entry, ApiError? Error)>> changeAsync)
        where T : class
        where TBody : class
    {
        return EditAsync(call, kind, ChangeAsync);

        async ValueTask<(Shelved<T>? Next, ApiError? Error)> ChangeAsync(Shelved<T> found)
        {
            var present = JsonSerializer.SerializeToNode(await kind.ShowAsync(call, found), kind.Type)!.AsObject();
            present.Remove("archived");
            present.Remove("created_at");
            clean(present);
            var patched = MergePatch.Apply(present, call.Patch, type, fixedFields);
            if (patched.Malformed is { } malformed) return (null, malformed);
            var (entry, error) = await changeAsync(found.Entry, patched.Body!);
            return (error ?? patched.Changes) is { } fault ? (null, fault) : (found with { Entry = entry! }, null);
        }
    }

    /// <summary>Edits an entry. A change that leaves everything as it is writes nothing.</summary>
    public async ValueTask<IResult> EditAsync<T, TDocument>(
        ApiCall call, Editable<T, TDocument> kind, Func<Shelved<T>, ValueTask<(Shelved<T>? Next, ApiError? Error)>> changeAsync)
        where T : class
    {
        var word = CatalogRoom.WordOf(kind.Kind);
        for (var attempt = 1; attempt <= TriesMax; attempt++)
        {
            if (await kind.FindAsync(call) is not { } found) return Answers.Problem(ApiErrors.NotFound(word));
            if (!call.Expects(found.Revision))
                return Answers.Problem(ApiErrors.From(Refusal.OtherVersion));
            var (next, error) = await changeAsync(found);
            if (error is not null) return Answers.Problem(error);
            var (before, after) = (await kind.ShowAsync(call, found), await kind.ShowAsync(call, next!));
            if (JsonSerializer.SerializeToUtf8Bytes(before, kind.Type).AsSpan()
                .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(after, kind.Type))) return Show(found, before);
            if (room.ValidateSize(kind.Kind, after, kind.Type) is { } tooLarge) return Answers.Problem(tooLarge);
            next = next! with { Revision = found.Revision + 1 };
            if (!await kind.ReplaceAsync(next, call.Aborted)) continue;
            catalog.Forget(call.Id);
            return Show(next, after);
        }

        return Answers.Problem(new ApiError(409, "conflict", $"Other edits of this {word} kept winning; try again."));

        IResult Show(Shelved<T> shown, TDocument document) =>
            Answers.Json(StatusCodes.Status200OK, document, kind.Type, version: shown.Revision);
    }
}
