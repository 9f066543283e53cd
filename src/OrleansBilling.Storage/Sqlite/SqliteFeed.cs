using System.Text.Json;
using Microsoft.Data.Sqlite;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>The feed on SQLite. Commits are written one after the other, so events get their positions with them.</summary>
internal sealed class SqliteFeed(SqliteReaders readers) : IEventFeed
{
    public const string InsertSql =
        "insert into feed (subscription_id, sequence, type, invoice, seller_id) values ($1, $2, $3, $4, $5)";

    private const string LastSql = "select coalesce(max(position), 0) from feed";

    /// <summary>Types are compared after the limit: it bounds what is looked at, not what is found.</summary>
    private const string ReadSql =
        """
        select position, subscription_id, sequence, type, invoice, seller_id, $3 is null or type in (select value from json_each($3))
        from feed where position > $1 order by position limit $2
        """;

    /// <summary>The next events of one seller, from its index.</summary>
    private const string ReadOfSellerSql =
        """
        select position, subscription_id, sequence, type, invoice, seller_id, $3 is null or type in (select value from json_each($3))
        from feed where seller_id = {seller} and position > $1 order by position limit $2
        """;

    private const string NewsSql = "select exists (select 1 from feed where seller_id = $1 and position > $2)";

    public async ValueTask<long> ReadLastAsync(CancellationToken cancellationToken) =>
        (await readers.ReadAsync(LastSql, [], static reader => reader.GetInt64(0), cancellationToken))[0];

    public async ValueTask<FeedPage> ReadAsync(FeedQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        BillingStorage.RequireFeedPage(query.Limit);
        var last = await ReadLastAsync(cancellationToken);
        var types = query.Types is null ? null : JsonSerializer.Serialize(query.Types.Select(type => (int)type));
        string[] sellerIds = [.. query.SellerIds.Distinct(StringComparer.Ordinal)];
        return await readers.ReadAsync(
            statements => statements.ReadSome(
                SqlOf(sellerIds), [query.After, BillingStorage.FeedLookMax, types, .. sellerIds], reader => Cut(reader, query, last)),
            cancellationToken);
    }

    public async ValueTask<FeedNews> FindNewsAsync(IReadOnlyList<SellerPosition> asked, CancellationToken cancellationToken)
    {
        BillingStorage.RequireFeedPage(asked.Count);
        var last = await ReadLastAsync(cancellationToken);
        return await readers.ReadAsync(
            statements => new FeedNews(
                last,
                [.. asked.Select(one => statements.Read(NewsSql, [one.SellerId, one.After], static reader => reader.GetBoolean(0))[0])]),
            cancellationToken);
    }

    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<StoredEvent>>> ReadBeginningsAsync(
        IReadOnlyCollection<string> subscriptionIds, CancellationToken cancellationToken)
    {
        BillingStorage.RequireFeedPage(subscriptionIds.Count);
        var beginning = new EventRange(0, IEventFeed.BeginningEventsMax) { BytesMax = IEventFeed.BeginningBytesMax, WithoutUsage = true };
        return await readers.ReadAsync(
            statements => subscriptionIds.ToDictionary(
                id => id, id => SqliteHistory.Read(statements, id, beginning).Events, StringComparer.Ordinal),
            cancellationToken);
    }

    /// <summary>The next events of each seller, and of those the first.</summary>
    private static string SqlOf(string[] sellerIds)
    {
        if (sellerIds.Length == 0) return ReadSql;
        var parts = sellerIds.Select((_, n) =>
            $"select * from ({ReadOfSellerSql.Replace("{seller}", $"${n + 4}", StringComparison.Ordinal)})");
        return $"select * from ({string.Join("\nunion all\n", parts)}) order by position limit $2";
    }

    private static FeedPage Cut(SqliteDataReader reader, FeedQuery query, long last)
    {
        var events = new List<PlacedEvent>();
        var (through, looked) = (query.After, 0);
        for (; reader.Read(); looked++)
        {
            var wanted = reader.GetBoolean(6);
            if (wanted && events.Count == query.Limit) return new FeedPage(events, through, HasMore: true);
            through = reader.GetInt64(0);
            if (wanted) events.Add(ReadEvent(reader));
        }

        var isEnd = looked < BillingStorage.FeedLookMax;
        return new FeedPage(events, isEnd ? Math.Max(through, last) : through, HasMore: !isEnd);
    }

    private static PlacedEvent ReadEvent(SqliteDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1),
        new FeedEvent(reader.GetInt64(2), (FeedEventType)reader.GetInt32(3), reader.GetInt32(4), reader.GetString(5)));
}
