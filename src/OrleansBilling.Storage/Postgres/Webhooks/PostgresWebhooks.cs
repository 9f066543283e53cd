using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;
using OrleansBilling.Storage.Postgres.Connections;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Webhooks;

/// <summary>Endpoints and their deliveries. Progress of several endpoints is stored with one statement.</summary>
internal sealed class PostgresWebhooks(PooledCalls pool) : IWebhookStore
{
    internal static readonly string SaveSql = EmbeddedSql.Read("Postgres.Webhooks.save.sql");

    /// <summary>Skips rows that somebody just writes, so that of two who write many at once none waits for the other.</summary>
    internal static readonly string TakeSql = WebhookSql.Take(
        "= any (array(select id from webhook_endpoint where id = any ($1) for update skip locked))");

    internal static readonly string WaitingSql = WebhookSql.Waiting("= any ($1)");

    /// <summary>
    /// The same as <see cref="WebhookSql.Taken"/>, one endpoint after the other: in a join, the planner takes a third of all deliveries for
    /// what lies behind the position, and reads the table.
    /// </summary>
    internal const string TakenSql =
        """
        select e.id, d.position from webhook_endpoint as e
        cross join lateral (
          select position, delivered from webhook_delivery as w where w.endpoint_id = e.id and w.position > e.through
          order by w.position limit 1000000
        ) as d
        where e.id = any ($1) and d.delivered
        """;

    private static readonly string ReadDisabledSql = WebhookSql.ReadDisabled("sequence = any ($1)");

    internal static readonly string AddSql = WebhookSql.Add("select last from feed_end");

    /// <summary>Found by their place in the table, so that no plan reads all of it.</summary>
    internal const string SweepSql =
        """
        delete from webhook_delivery where delivered and ctid = any (array(
          select ctid from webhook_delivery where delivered and last_at < $1 order by last_at limit $2))
        """;

    internal const string SweepOrphansSql =
        """
        delete from webhook_delivery where ctid = any (array(
          select d.place
          from webhook_endpoint as e
          cross join lateral (select ctid as place from webhook_delivery where endpoint_id = e.id order by position limit $1) as d
          where e.removed limit $1))
        """;

    public async ValueTask<WebhookAddition> AddAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return await pool.InTransactionAsync(
            async (connection, ends) =>
            {
                // The row lock of the number of changes lets one in at a time, so that the count of an owner's endpoints is exact.
                await PooledCalls.ExecuteAsync(connection, WebhookSql.NoteChange, [], ends);
                var known = await PooledCalls.RowsAsync(
                    connection, WebhookSql.Exists, [Text(endpoint.Id)], static reader => reader.GetInt64(0), ends);
                if (known[0] > 0) return WebhookAddition.Exists;
                var added = await PooledCalls.ExecuteAsync(
                    connection, AddSql,
                    [
                        Text(endpoint.Id), Text(endpoint.SellerId), At(endpoint.CreatedAt), Text(endpoint.Url),
                        MaybeLong(WebhookSql.BitsOf(endpoint.Types)), Text(endpoint.Description), Bytes(endpoint.Secrets.Present),
                        Text(WebhookSql.Of(endpoint.Disabled)), At(endpoint.DisabledAt), Integer(WebhookEndpoint.PerOwnerMax),
                    ],
                    ends);
                return added == 1 ? WebhookAddition.Added : WebhookAddition.TooMany;
            },
            cancellationToken);
    }

    public async ValueTask<WebhookEndpoint?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await pool.ReadAsync(WebhookSql.Find, [Text(id)], ReadEndpoint, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<IReadOnlyList<WebhookEndpoint>> ListAsync(
        WebhookEndpointFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        var (text, values) = WebhookSql.List(filter, afterId, limit);
        return await pool.ReadAsync(text, [.. values.Select(Of)], ReadEndpoint, cancellationToken);
    }

    public async ValueTask<bool> ChangeAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var secrets = endpoint.Secrets;
        return await ChangeAsync(
            WebhookSql.Change,
            [
                Text(endpoint.Id), Long(endpoint.Version), Text(endpoint.Url), MaybeLong(WebhookSql.BitsOf(endpoint.Types)),
                Text(endpoint.Description), Bytes(secrets.Present), MaybeBytes(secrets.Past), At(secrets.PastUntil),
                Text(WebhookSql.Of(endpoint.Disabled)), At(endpoint.DisabledAt),
            ],
            cancellationToken);
    }

    public async ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        await ChangeAsync(WebhookSql.Remove, [Text(id)], cancellationToken);

    public async ValueTask<bool> ReplayAsync(string id, WebhookReplay replay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replay);
        return await ChangeAsync(
            WebhookSql.Replay,
            [
                Text(id), Long(replay.After), Long(replay.Through), Text(replay.SubscriptionId),
                MaybeLong(WebhookSql.BitsOf(replay.Types)),
            ],
            cancellationToken);
    }

    public async ValueTask<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        string id, bool? isDelivered, long after, long before, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await pool.ReadAsync(
            WebhookSql.Deliveries(isDelivered), [Text(id), Long(before), Integer(limit), Long(after)], ReadDelivery, cancellationToken);
    }

    public async ValueTask<long> ReadChangesAsync(CancellationToken cancellationToken) =>
        (await pool.ReadAsync(WebhookSql.ReadChanges, [], static reader => reader.GetInt64(0), cancellationToken))[0];

    public async ValueTask<IReadOnlyList<EnabledEndpoint>> ListEnabledAsync(
        string? afterId, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await pool.ReadAsync(
            WebhookSql.ListEnabled, [Text(afterId ?? ""), Integer(limit)],
            static reader => new EnabledEndpoint(reader.GetString(0), reader.GetInt64(1)), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<WebhookTerm>> TakeAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, IWebhookStore.TakenAtOnceMax);

        string[] chosen = [.. ids];
        var taken = await pool.WriteAsync(
            TakeSql, [Texts(chosen)], static reader => WebhookSql.ReadTerm(reader, at => ReadInstant(reader, at)), cancellationToken);
        if (taken.Count == 0) return [];

        // After the write: what an earlier holder stored until then is seen, and it stores nothing afterwards.
        var waiting = await pool.ReadAsync(
            WaitingSql, [Texts(chosen)], static reader => (reader.GetString(13), ReadDelivery(reader)), cancellationToken);
        var over = await pool.ReadAsync(
            TakenSql, [Texts(chosen)], static reader => (reader.GetString(0), reader.GetInt64(1)), cancellationToken);
        return WebhookSql.Join(taken, waiting, over);
    }

    public async ValueTask<IReadOnlySet<string>> SaveAsync(
        IReadOnlyList<WebhookProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var rows = progress.SelectMany(one => one.Deliveries, (one, delivery) => (one.EndpointId, Delivery: delivery)).ToList();
        var events = rows.Select(row => row.Delivery.Event).ToList();
        var mine = await pool.WriteAsync(
            SaveSql,
            [
                Texts([.. progress.Select(one => one.EndpointId)]), Longs([.. progress.Select(one => one.Term)]),
                Longs([.. progress.Select(one => one.Through)]), MaybeInstants([.. progress.Select(one => one.SucceededAt)]),
                MaybeInstants([.. progress.Select(one => one.FailedAt)]),
                MaybeTexts([.. progress.Select(one => WebhookSql.Of(one.Disabled))]),
                MaybeInstants([.. progress.Select(one => one.DisabledAt)]), MaybeLongs([.. progress.Select(one => one.ReplayedThrough)]),
                Texts([.. rows.Select(row => row.EndpointId)]), Longs([.. events.Select(e => e.Position)]),
                Texts([.. events.Select(e => e.Subject)]), Longs([.. events.Select(e => e.Event.Sequence)]),
                Smallints([.. events.Select(e => (short)e.Event.Type)]), Integers([.. events.Select(e => e.Event.Invoice)]),
                Texts([.. events.Select(e => e.Event.SellerId)]), Booleans([.. rows.Select(row => row.Delivery.IsDelivered)]),
                Integers([.. rows.Select(row => row.Delivery.Attempts)]), MaybeInstants([.. rows.Select(row => row.Delivery.LastAt)]),
                MaybeInstants([.. rows.Select(row => row.Delivery.NextAt)]), MaybeIntegers([.. rows.Select(row => row.Delivery.Status)]),
                MaybeIntegers([.. rows.Select(row => row.Delivery.Milliseconds)]), MaybeTexts([.. rows.Select(row => row.Delivery.Fault)]),
                Smallint((short)FeedEventType.EndpointDisabled), Text(PlacedEvent.EndpointPrefix),
            ],
            static reader => reader.GetString(0), cancellationToken);
        return progress.Select(one => one.EndpointId).Except(mine).ToHashSet(StringComparer.Ordinal);
    }

    public async ValueTask<IReadOnlyDictionary<long, WebhookEndpoint>> ReadDisabledAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(sequences.Count);
        var found = await pool.ReadAsync(
            ReadDisabledSql, [Longs([.. sequences])],
            static reader => (Sequence: reader.GetInt64(14), Endpoint: ReadEndpoint(reader)), cancellationToken);
        return found.ToDictionary(one => one.Sequence, one => one.Endpoint);
    }

    public async ValueTask<int> SweepAsync(Instant before, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        var swept = await pool.WriteAsync(SweepSql, [At(before), Integer(limit)], cancellationToken) +
            await pool.WriteAsync(SweepOrphansSql, [Integer(limit)], cancellationToken);
        if (swept < limit) await pool.WriteAsync(WebhookSql.SweepRemovedEndpoints, [], cancellationToken);
        return swept;
    }

    /// <summary>The note of the change comes last, so that its lock is held for a moment only.</summary>
    private Task<bool> ChangeAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        pool.InTransactionAsync(
            async (connection, ends) =>
            {
                if (await PooledCalls.ExecuteAsync(connection, sql, parameters, ends) == 0) return false;
                await PooledCalls.ExecuteAsync(connection, WebhookSql.NoteChange, [], ends);
                return true;
            },
            cancellationToken);

    private static WebhookEndpoint ReadEndpoint(NpgsqlDataReader reader) =>
        WebhookSql.ReadEndpoint(reader, at => ReadInstant(reader, at));

    private static WebhookDelivery ReadDelivery(NpgsqlDataReader reader) =>
        WebhookSql.ReadDelivery(reader, at => ReadInstant(reader, at));
}
