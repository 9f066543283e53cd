namespace OrleansBilling.Storage;

/// <summary>The statements of simulations, in SQL that both databases understand.</summary>
internal static class SimulationSql
{
    /// <summary>The most expired simulations deleted at once, across all owners.</summary>
    private const int AgedMax = 100;

    private const string Head = "id, owner, fingerprint, asked_at, question, status, done, starts, failure_code, failure_detail";

    /// <summary>Inserts nothing if the owner already has a queued one (a unique index), the id is taken, or too many are queued.</summary>
    public const string Add =
        """
        insert into simulation (id, owner, fingerprint, asked_at, question, status)
        select $1, $2, $3, $4, $5, 'queued' where (select count(*) from simulation where status = 'queued') < $6
        on conflict do nothing
        """;

    public const string Find = $"select {Head}, result from simulation where id = $1";

    public const string ListAll = $"select {Head}, null from simulation order by asked_at desc, id desc limit $1";

    public const string ListOfOwner = $"select {Head}, null from simulation where owner = $2 order by asked_at desc, id desc limit $1";

    /// <summary>Takes turns between owners: first those that never had a run, then the one whose last run began longest ago.</summary>
    public const string Take =
        $"""
        update simulation set status = 'running', starts = starts + 1, started_at = $2, runner = $1, lease_until = $3, done = 0
        where id = (
          select c.id from simulation as c
          where (c.status = 'queued' or (c.status = 'running' and c.lease_until < $2))
            and not exists (
              select 1 from simulation as r
              where r.status = 'running' and r.owner = c.owner and r.id <> c.id and r.lease_until >= $2
            )
          order by (select max(s.started_at) from simulation as s where s.owner = c.owner) nulls first, c.asked_at, c.id
          limit 1
        )
        returning {Head}, null
        """;

    public const string Renew = "update simulation set lease_until = $3, done = $4 where id = $1 and runner = $2 and status = 'running'";

    /// <summary>Giving a run back undoes its start, so it does not count as one that never ended.</summary>
    public const string Release =
        "update simulation set lease_until = $3, starts = starts - 1 where id = $1 and runner = $2 and status = 'running'";

    public const string End =
        """
        update simulation set status = $3, done = $4, result = $5, failure_code = $6, failure_detail = $7
        where id = $1 and runner = $2 and status = 'running'
        """;

    public const string Cancel = "update simulation set status = 'canceled' where id = $1 and status in ('queued', 'running')";

    public const string Prune =
        """
        delete from simulation where id in (
          select id from (
            select id, status,
              row_number() over (order by asked_at desc, id desc) as place,
              sum(length(question) + length(coalesce(result, ''))) over (order by asked_at desc, id desc) as bytes
            from simulation where owner = $1
          ) as kept
          where status not in ('queued', 'running') and place > 1 and (place > $2 or bytes > $3)
        )
        """;

    public static readonly string PruneAged =
        $"""
        delete from simulation where id in (
          select id from simulation where asked_at < $1 and status not in ('queued', 'running') order by asked_at limit {AgedMax}
        )
        """;
}
