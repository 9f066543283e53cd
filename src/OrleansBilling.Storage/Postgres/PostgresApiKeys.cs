using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres;

/// <summary>API keys, stored as hashes. Both id and hash are unique.</summary>
internal sealed class PostgresApiKeys(PooledCalls pool) : IApiKeyStore
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

    /// <summary>In the order of ids, so that two processes cannot wait for each other.</summary>
    private const string NoteUsesSql =
        """
        with used as (
          select k.id, u.at from api_key as k join unnest($1, $2) as u (id, at) on u.id = k.id
          where k.last_used_at is null or k.last_used_at < u.at order by k.id for update of k
        )
        update api_key as k set last_used_at = used.at from used where used.id = k.id
        """;

    private const string UseLinkSql = "update api_key set kind = 'used_link', expires_at = $2 where id = $1 and kind = 'link'";
    private const string RemoveSessionsSql =
        "delete from api_key where kind = 'session' and made_by is not distinct from $1";
    private const string RemoveSql = "delete from api_key where id = $1";
    private const string HasAdministratorSql =
        "select exists (select from api_key where role = $1 and expires_at is null and scopes is null)";

    public async ValueTask<bool> AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await pool.WriteAsync(SweepSql, [At(key.CreatedAt)], cancellationToken);
        NpgsqlParameter[] parameters =
        [
            Text(key.Id), Text(key.Hash), Text(StoredNames.Of(key.Caller.Role)), Text(key.Caller.Id), Text(key.Caller.SellerId),
            At(key.CreatedAt), At(key.ExpiresAt), Text(key.MadeBy),
            Text(key.Name), Text(StoredNames.Of(key.Scopes)), Text(StoredNames.Of(key.Kind)),
        ];
        try
        {
            return await pool.WriteAsync(AddSql, parameters, cancellationToken) == 1;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // The key that made this one has been removed.
            return false;
        }
    }

    public async ValueTask<ApiKey?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(FindSql, [Text(hash)], ReadKey, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        await pool.WriteAsync(RemoveSql, [Text(id)], cancellationToken) == 1;

    public async ValueTask<ApiKey?> FindByIdAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(FindByIdSql, [Text(id)], ReadKey, cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<IReadOnlyList<ApiKey>> ListAsync(
        ApiKeyFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        if (ApiKeyListSql.IsEmpty(filter)) return [];
        var sql = ApiKeyListSql.Of(Columns, filter, afterId, limit);
        return await pool.ReadAsync(sql.Text, [.. sql.Values.Select(Of)], ReadKey, cancellationToken);
    }

    public async ValueTask NoteUsesAsync(IReadOnlyCollection<KeyUse> uses, CancellationToken cancellationToken) =>
        await pool.WriteAsync(
            NoteUsesSql, [Texts([.. uses.Select(use => use.KeyId)]), Instants([.. uses.Select(use => use.At)])], cancellationToken);

    public async ValueTask<bool> UseLinkAsync(string id, Instant until, CancellationToken cancellationToken) =>
        await pool.WriteAsync(UseLinkSql, [Text(id), At(until)], cancellationToken) == 1;

    public async ValueTask RemoveSessionsAsync(string? makerId, CancellationToken cancellationToken) =>
        await pool.WriteAsync(RemoveSessionsSql, [Text(makerId)], cancellationToken);

    public async ValueTask<bool> HasAdministratorAsync(CancellationToken cancellationToken)
    {
        var rows = await pool.ReadAsync(
            HasAdministratorSql, [Text(StoredNames.Of(Role.Administrator))], static reader => reader.GetBoolean(0), cancellationToken);
        return rows[0];
    }

    private static ApiKey ReadKey(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        new Caller(StoredNames.RoleOf(reader.GetString(2)), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4)),
        ReadInstant(reader, 5),
        reader.IsDBNull(6) ? null : ReadInstant(reader, 6),
        reader.IsDBNull(7) ? null : reader.GetString(7))
    {
        Name = reader.IsDBNull(8) ? null : reader.GetString(8),
        Scopes = StoredNames.ScopesOf(reader.IsDBNull(9) ? null : reader.GetString(9)),
        LastUsedAt = reader.IsDBNull(10) ? null : ReadInstant(reader, 10),
        Kind = StoredNames.KeyKindOf(reader.IsDBNull(11) ? null : reader.GetString(11)),
    };
}
