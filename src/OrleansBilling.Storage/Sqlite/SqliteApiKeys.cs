using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>API keys, stored as hashes. Both id and hash are unique.</summary>
internal sealed class SqliteApiKeys(SqliteWriter writer, SqliteReaders readers) : IApiKeyStore
{
    private const string AddSql =
        """
        insert into api_key (id, hash, role, caller_id, caller_seller_id, created_at, expires_at, made_by, name, scopes, kind)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing
        """;

    /// <summary>Customer tokens live for hours. Each new key deletes a bounded number of expired ones.</summary>
    private const string SweepSql = "delete from api_key where id in (select id from api_key where expires_at < $1 limit 100)";

    private const string Columns =
        "id, hash, role, caller_id, caller_seller_id, created_at, expires_at, made_by, name, scopes, last_used_at, kind";
    private const string FindSql = $"select {Columns} from api_key where hash = $1";
    private const string FindByIdSql = $"select {Columns} from api_key where id = $1";
    private const string NoteUseSql =
        "update api_key set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $2)";

    private const string UseLinkSql = "update api_key set kind = 'used_link', expires_at = $2 where id = $1 and kind = 'link'";
    private const string RemoveSessionsSql =
        "delete from api_key where kind = 'session' and made_by is $1";
    private const string RemoveSql = "delete from api_key where id = $1";
    private const string HasAdministratorSql =
        "select exists (select 1 from api_key where role = $1 and expires_at is null and scopes is null)";

    public ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(SweepSql, key.CreatedAt.ToUnixTimeMilliseconds()));
        try
        {
            var added = writer.Write(statements => statements.Write(
                AddSql,
                key.Id,
                key.Hash,
                StoredNames.Of(key.Caller.Role),
                key.Caller.Id,
                key.Caller.SellerId,
                key.CreatedAt.ToUnixTimeMilliseconds(),
                key.ExpiresAt?.ToUnixTimeMilliseconds(),
                key.MadeBy,
                key.Name,
                StoredNames.Of(key.Scopes),
                StoredNames.Of(key.Kind)));
            return ValueTask.FromResult(added == 1);
        }
        catch (SqliteException exception) when (SqliteFaults.IsForeignKey(exception))
        {
            // The key that made this one has been removed.
            return ValueTask.FromResult(false);
        }
    }

    public async ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(FindSql, [hash], ReadKey, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements => statements.Write(RemoveSql, id)) == 1);
    }

    public async ValueTask<ApiKey?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(FindByIdSql, [id], ReadKey, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<ApiKey>> ListAsync(
        ApiKeyFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        if (ApiKeyListSql.IsEmpty(filter)) return [];
        var sql = ApiKeyListSql.Of(Columns, filter, afterId, limit);
        return await readers.ReadAsync(
            sql.Text, [.. sql.Values.Select(value => value is Instant at ? at.ToUnixTimeMilliseconds() : value)], ReadKey,
            cancellationToken);
    }

    public ValueTask NoteUsesAsync(IReadOnlyCollection<KeyUse> uses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(uses);
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements =>
        {
            foreach (var use in uses) statements.Write(NoteUseSql, use.KeyId, use.At.ToUnixTimeMilliseconds());
            return uses.Count;
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> UseLinkAsync(string id, Instant until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements => statements.Write(UseLinkSql, id, until.ToUnixTimeMilliseconds())) == 1);
    }

    public ValueTask RemoveSessionsAsync(string? makerId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        writer.Write(statements => statements.Write(RemoveSessionsSql, makerId));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<bool> HasAdministratorAsync(CancellationToken cancellationToken)
    {
        var rows = await readers.ReadAsync(
            HasAdministratorSql, [StoredNames.Of(Role.Administrator)], static reader => reader.GetBoolean(0), cancellationToken);
        return rows[0];
    }

    private static ApiKey ReadKey(SqliteDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        new Caller(StoredNames.RoleOf(reader.GetString(2)), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4)),
        SqliteJournal.ReadInstant(reader, 5),
        reader.IsDBNull(6) ? null : SqliteJournal.ReadInstant(reader, 6),
        reader.IsDBNull(7) ? null : reader.GetString(7))
    {
        Name = reader.IsDBNull(8) ? null : reader.GetString(8),
        Scopes = StoredNames.ScopesOf(reader.IsDBNull(9) ? null : reader.GetString(9)),
        LastUsedAt = reader.IsDBNull(10) ? null : SqliteJournal.ReadInstant(reader, 10),
        Kind = StoredNames.KeyKindOf(reader.IsDBNull(11) ? null : reader.GetString(11)),
    };
}
