using System.Runtime.CompilerServices;

namespace OrleansBilling.Client.Http;

/// <summary>Reads a list page by page.</summary>
internal static class Pages
{
    /// <param name="read">Reads the page at a cursor; the first has none.</param>
    public static async IAsyncEnumerable<TEntry> ReadAsync<TPage, TEntry>(
        string? cursor, Func<string?, CancellationToken, Task<TPage>> read, Func<TPage, IReadOnlyList<TEntry>> entries,
        Func<TPage, string?> next, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        do
        {
            var page = await read(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var entry in entries(page)) yield return entry;
            cursor = next(page);
        }
        while (cursor is not null);
    }
}
