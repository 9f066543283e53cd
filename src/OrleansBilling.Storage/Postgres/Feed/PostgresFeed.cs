using Npgsql;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.History;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Feed;

/// <summary>Reads the feed by pages, which are found by position, or by seller and position.</summary>
internal sealed class PostgresFeed(PooledCalls pool) : IEventFeed
{
    /// <summary>Events that one query looks at for some types.</summary>
    private const int LookAtOnce = 2_000;

    /// <summary>Pages of one query for a seller. A page may have one event of the seller among a thousand of others.</summary>
    private const int SellerPagesMax = 20;

    private const string LastSql = "select last from feed_end";

    /// <summary>Pages up to $2 from the one that has position $1 on, until there are $3 events. $4 has a bit for each type.</summary>
    internal const string PagesSql =
        """
        select first, entries, wanted, case when wanted then subscription_ids end, case when wanted then sequences end,
          case when wanted then event_types end, case when wanted then invoices end, case when wanted then seller_ids end
        from (
          select *, (types & $4) <> 0 as wanted, sum(entries) over (order by first) - entries as before
          from (
            select * from feed_page
            where first >= coalesce((select max(first) from feed_page where first <= $1), $1) and first <= $2
            order by first
            limit $3
          ) as next
        ) as counted
        where before < $3
        order by first
        """;

    /// <summary>Likewise for sellers $5, up to $3 pages. The next pages of each come from the index, and the first of all count.</summary>
    internal const string PagesOfSellersSql =
        """
        select first, entries, wanted, case when wanted then subscription_ids end, case when wanted then sequences end,
          case when wanted then event_types end, case when wanted then invoices end, case when wanted then seller_ids end
        from (
          select p.*, (p.types & $4) <> 0 as wanted
          from (
            select distinct own.first
            from unnest($5) as asked (seller) cross join lateral (
              select first from feed_seller
              where seller_id = asked.seller and first >= coalesce((select max(first) from feed_page where first <= $1), $1) and first <= $2
              order by first
              limit $3
            ) as own
            order by own.first
            limit $3
          ) as s
          join feed_page as p on p.first = s.first
        ) as next
        order by first
        """;

    /// <summary>For each seller of $1, whether a page after $2 is his, or an event after $2 in the page that has $2.</summary>
    internal const string NewsSql =
        """
        select (select last from feed_end),
          exists (select 1 from feed_seller as s where s.seller_id = a.seller_id and s.first > a.after)
          or exists (
            select 1 from feed_page as p cross join lateral unnest(p.seller_ids) with ordinality as e (seller_id, place)
            where p.first = (select max(first) from feed_page where first <= a.after)
              and e.seller_id = a.seller_id and p.first + e.place - 1 > a.after)
        from unnest($1::text[], $2::bigint[]) with ordinality as a (seller_id, after, place)
        order by a.place
        """;

    /// <summary>The first $2 events of each history, up to $3 bytes.</summary>
    internal const string BeginningsSql =
        """
        select sequence, at, type, data, id
        from unnest($1::text[]) as s (id) cross join lateral (
          select sequence, at, type, data, sum(octet_length(data)) over (order by sequence rows unbounded preceding) as bytes
          from (
            select sequence, at, type, data from event where subscription_id = s.id and type <> 'usage_recorded'
            order by sequence limit $2
          ) as e
        ) as beginning
        where bytes <= $3
        order by id, sequence
        """;

    public async ValueTask<long> ReadLastAsync(CancellationToken cancellationToken) =>
        (await pool.ReadAsync(LastSql, [], static reader => reader.GetInt64(0), cancellationToken))[0];

    public async ValueTask<FeedPage> ReadAsync(FeedQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        BillingStorage.RequireFeedPage(query.Limit);

        // What is placed later comes later, so everything up to this position is there.
        var last = await ReadLastAsync(cancellationToken);
        var events = new List<PlacedEvent>();
        var (through, looked) = (query.After, 0);
        while (through < last && looked < BillingStorage.FeedLookMax)
        {
            var pages = await ReadPagesAsync(query, through, last, cancellationToken);
            if (pages.Count == 0) return new FeedPage(events, last, HasMore: false);
            foreach (var page in pages)
            {
                looked += page.Entries;
                if (!page.AddTo(events, query, ref through)) return new FeedPage(events, through, HasMore: true);
            }
        }

        return new FeedPage(events, through, HasMore: through < last);
    }

    public async ValueTask<FeedNews> FindNewsAsync(IReadOnlyList<SellerPosition> asked, CancellationToken cancellationToken)
    {
        BillingStorage.RequireFeedPage(asked.Count);
        var found = await pool.ReadAsync(
            NewsSql, [Texts([.. asked.Select(one => one.SellerId)]), Longs([.. asked.Select(one => one.After)])],
            static reader => (Last: reader.GetInt64(0), HasNews: reader.GetBoolean(1)), cancellationToken);
        return new FeedNews(found[0].Last, [.. found.Select(one => one.HasNews)]);
    }

    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<StoredEvent>>> ReadBeginningsAsync(
        IReadOnlyCollection<string> subscriptionIds, CancellationToken cancellationToken)
    {
        BillingStorage.RequireFeedPage(subscriptionIds.Count);
        var events = await pool.ReadAsync(
            BeginningsSql,
            [Texts([.. subscriptionIds]), Integer(IEventFeed.BeginningEventsMax), Long(IEventFeed.BeginningBytesMax)],
            static reader => (Id: reader.GetString(4), Event: PostgresHistory.ReadEvent(reader)), cancellationToken);
        return events.GroupBy(one => one.Id, one => one.Event, StringComparer.Ordinal)
            .ToDictionary(history => history.Key, IReadOnlyList<StoredEvent> (history) => [.. history], StringComparer.Ordinal);
    }

    private async Task<List<Page>> ReadPagesAsync(FeedQuery query, long through, long last, CancellationToken cancellationToken)
    {
        if (!query.SellerIds.IsEmpty)
        {
            return await pool.ReadAsync(
                PagesOfSellersSql,
                [
                    Long(through + 1), Long(last), Integer(Math.Min(query.Limit, SellerPagesMax)), Long(TypesOf(query)),
                    Texts([.. query.SellerIds]),
                ],
                ReadPage, cancellationToken);
        }

        var entries = query.Types is null ? query.Limit : LookAtOnce;
        return await pool.ReadAsync(
            PagesSql, [Long(through + 1), Long(last), Integer(entries), Long(TypesOf(query))], ReadPage, cancellationToken);
    }

    private static long TypesOf(FeedQuery query) =>
        query.Types is { } types ? types.Aggregate(0L, (bits, type) => bits | (1L << (int)type)) : -1;

    private static Page ReadPage(NpgsqlDataReader reader)
    {
        var isWanted = reader.GetBoolean(2);
        return new Page(reader.GetInt64(0), reader.GetInt32(1), !isWanted ? null : new PageColumns(
            reader.GetFieldValue<string[]>(3), reader.GetFieldValue<long[]>(4), reader.GetFieldValue<short[]>(5),
            reader.GetFieldValue<int[]>(6), reader.GetFieldValue<string[]>(7)));
    }

    private sealed record PageColumns(string[] Ids, long[] Sequences, short[] Types, int[] Invoices, string[] Sellers);

    /// <param name="First">The position of its first event.</param>
    /// <param name="Entries">Its number of events.</param>
    /// <param name="Columns">Null if none of its events is asked for.</param>
    private sealed record Page(long First, int Entries, PageColumns? Columns)
    {
        /// <summary>Adds what is asked for after a position and moves it. Returns false if there is no room for all.</summary>
        public bool AddTo(List<PlacedEvent> events, FeedQuery query, ref long through)
        {
            for (var n = (int)Math.Max(0, through + 1 - First); n < Entries && Columns is not null; n++)
            {
                var fed = new FeedEvent(Columns.Sequences[n], (FeedEventType)Columns.Types[n], Columns.Invoices[n], Columns.Sellers[n]);
                if (query.Wants(fed.Type, fed.SellerId))
                {
                    if (events.Count == query.Limit) return false;
                    events.Add(new PlacedEvent(First + n, Columns.Ids[n], fed));
                }

                through = First + n;
            }

            through = Math.Max(through, First + Entries - 1);
            return true;
        }
    }
}
