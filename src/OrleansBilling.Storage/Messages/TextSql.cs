namespace OrleansBilling.Storage.Messages;

/// <summary>The statements about texts of commands.</summary>
internal static class TextSql
{
    /// <summary>
    /// The texts at the places $1 (subscriptions), $2 (sequences) and $3 (kinds), for PostgreSQL. The limit leaves the planner no other
    /// way than to look for each place by the key.
    /// </summary>
    public const string Find =
        """
        select t.subscription_id, t.sequence, t.kind, t.text
        from unnest($1::text[], $2::bigint[], $3::smallint[]) as p (subscription_id, sequence, kind)
        cross join lateral (
          select s.subscription_id, s.sequence, s.kind, s.text from subscription_text as s
          where s.subscription_id = p.subscription_id and s.sequence = p.sequence and s.kind = p.kind limit 1) as t
        """;

    /// <summary>The texts at the places $1, a JSON array of arrays, for SQLite.</summary>
    public const string FindInJson =
        """
        select t.subscription_id, t.sequence, t.kind, t.text
        from json_each($1) as p cross join subscription_text as t
        where t.subscription_id = p.value ->> 0 and t.sequence = p.value ->> 1 and t.kind = p.value ->> 2
        """;

    /// <summary>Stores a text. A sequence has only one of a kind, and it never changes.</summary>
    public const string Add =
        """
        insert into subscription_text (subscription_id, sequence, kind, text) values ($1, $2, $3, $4) on conflict do nothing
        """;
}
