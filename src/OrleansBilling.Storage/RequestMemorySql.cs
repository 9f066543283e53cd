using System.Data.Common;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>The statements of the request memory, in SQL that both databases understand.</summary>
internal static class RequestMemorySql
{
    /// <summary>
    /// Takes a new request, one whose time is over, or one that nobody holds any more. Who takes it after another keeps the first one's
    /// times.
    /// </summary>
    public const string Claim =
        """
        insert into request_memory (id, fingerprint, holder, claimed_at, forget_at, lease_until) values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set
          fingerprint = excluded.fingerprint,
          holder = excluded.holder,
          lease_until = excluded.lease_until,
          claimed_at = case when request_memory.forget_at <= excluded.claimed_at
            then excluded.claimed_at else request_memory.claimed_at end,
          forget_at = case when request_memory.forget_at <= excluded.claimed_at
            then excluded.forget_at else request_memory.forget_at end,
          status = null, secrecy = null, location = null, tag = null, content = null
        where request_memory.forget_at <= excluded.claimed_at or (
          request_memory.status is null and request_memory.lease_until <= excluded.claimed_at
          and request_memory.fingerprint = excluded.fingerprint)
        returning claimed_at
        """;

    public const string Find = "select fingerprint, status, secrecy, location, tag, content from request_memory where id = $1";

    public const string Keep =
        """
        update request_memory set status = $3, secrecy = $4, location = $5, tag = $6, content = $7
        where id = $1 and holder = $2 and status is null
        """;

    public const string Forget = "delete from request_memory where id = $1 and holder = $2 and status is null";

    public const string LetGo = "update request_memory set lease_until = $3 where id = $1 and holder = $2 and status is null";

    public const string RemoveForgotten =
        "delete from request_memory where id in (select id from request_memory where forget_at <= $1 order by forget_at limit $2)";

    /// <summary>Reads a row of <see cref="Find"/>.</summary>
    public static RequestClaim ReadClaim(DbDataReader reader, ulong fingerprint)
    {
        if (unchecked((ulong)reader.GetInt64(0)) != fingerprint) return new RequestClaim.Reused();
        if (reader.IsDBNull(1)) return new RequestClaim.Busy();
        return new RequestClaim.Answered(new KeptAnswer(
            reader.GetInt32(1), reader.GetFieldValue<byte[]>(5), StoredNames.SecrecyOf(reader.GetString(2)),
            reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4)));
    }
}
