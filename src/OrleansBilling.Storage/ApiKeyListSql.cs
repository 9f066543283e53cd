using System.Collections.Immutable;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>The statement of a page of API keys, for both databases. Tokens of customers are not listed.</summary>
internal static class ApiKeyListSql
{
    /// <summary>Whether a filter matches no key at all: a key stands for one seller or for one party.</summary>
    public static bool IsEmpty(ApiKeyFilter filter) => !filter.SellerIds.IsEmpty && !filter.PartyIds.IsEmpty;

    public static (string Text, IReadOnlyList<object> Values) Of(string columns, ApiKeyFilter filter, string? afterId, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        var sql = new OwnedPages(afterId, limit);
        var (holder, ids) = !filter.SellerIds.IsEmpty ? (" and t.role = 'seller'", filter.SellerIds)
            : !filter.PartyIds.IsEmpty ? (" and t.role = 'partner'", filter.PartyIds)
            : ("", ImmutableArray<string>.Empty);
        var conditions = holder + sql.In("t.role", [.. filter.Roles.Select(StoredNames.Of)]) + sql.In("t.caller_id", ids) +
            sql.Created(filter.Created);
        return (
            $"select {columns} from api_key as t where t.role <> 'customer' and t.kind is null and t.id > $1{conditions} " +
            "order by t.id limit $2",
            sql.Values);
    }
}
