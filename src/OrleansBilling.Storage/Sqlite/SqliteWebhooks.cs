using System.Text.Json;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Endpoints and their deliveries, written between two batches of commits.</summary>
internal sealed class SqliteWebhooks(SqliteWriter writer, SqliteReaders readers) : IWebhookStore
{
    private const string SaveEndpointSql =
        """
        update webhook_endpoint
        set through = max(through, $3),
          succeeded_at = coalesce($4, succeeded_at),
          failing_since = case
            when $5 is null and $4 is not null then null
            when $4 is not null then $5
            else coalesce(failing_since, $5) end,
          disabled = coalesce($6, disabled),
          disabled_at = coalesce($7, disabled_at),
          version = version + case when $6 is null then 0 else 1 end,
          replay_after = case when $8 >= replay_through then null else coalesce($8, replay_after) end
        where id = $1 and term = $2 and ($6 is null or disabled is null)
        """;

    private const string SaveDeliverySql =
        """
        insert into webhook_delivery (
          endpoint_id, position, subscription_id, sequence, type, invoice, seller_id, delivered, attempts, last_at, next_at, status,
          milliseconds, fault)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (endpoint_id, position) do update
        set delivered = excluded.delivered, attempts = excluded.attempts, last_at = excluded.last_at, next_at = excluded.next_at,
          status = excluded.status, milliseconds = excluded.milliseconds, fault = excluded.fault
        """;

    private const string SweepSql =
        """
        delete from webhook_delivery where (endpoint_id, position) in (
          select endpoint_id, position from webhook_delivery where delivered and last_at < $1 order by last_at limit $2)
        """;

    private const string SweepOrphansSql =
        """
        delete from webhook_delivery where (endpoint_id, position) in (
          select d.endpoint_id, d.position from webhook_endpoint as e join webhook_delivery as d on d.endpoint_id = e.id
          where e.removed limit $1)
        """;

    private const string ThoseIn = "in (select value from json_each($1))";

    private static readonly string TakeSql = WebhookSql.Take(ThoseIn);

    private static readonly string WaitingSql = WebhookSql.Waiting(ThoseIn);

    private static readonly string TakenSql = WebhookSql.Taken(ThoseIn);

    private static readonly string ReadDisabledSql = WebhookSql.ReadDisabled($"sequence {ThoseIn}");

    private static readonly string AddSql = WebhookSql.Add("select coalesce(max(position), 0) from feed");

    public ValueTask<WebhookAddition> AddAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements =>
        {
            var known = statements.Read(WebhookSql.Exists, [endpoint.Id], static reader => reader.GetInt64(0))[0];
            if (known > 0) return WebhookAddition.Exists;
            var added = statements.Write(
                AddSql, endpoint.Id, endpoint.SellerId, Milliseconds(endpoint.CreatedAt), endpoint.Url, WebhookSql.BitsOf(endpoint.Types),
                endpoint.Description, endpoint.Secrets.Present, WebhookSql.Of(endpoint.Disabled), Milliseconds(endpoint.DisabledAt),
                WebhookEndpoint.PerOwnerMax);
            if (added == 1) statements.Write(WebhookSql.NoteChange);
            return added == 1 ? WebhookAddition.Added : WebhookAddition.TooMany;
        }));
    }

    public async ValueTask<WebhookEndpoint?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await readers.ReadAsync(WebhookSql.Find, [id], ReadEndpoint, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    public async ValueTask<IReadOnlyList<WebhookEndpoint>> ListAsync(
        WebhookEndpointFilter filter, string? afterId, int limit, CancellationToken cancellationToken)
    {
        var (text, values) = WebhookSql.List(filter, afterId, limit);
        return await readers.ReadAsync(
            text, [.. values.Select(value => value is Instant at ? at.ToUnixTimeMilliseconds() : value)], ReadEndpoint, cancellationToken);
    }

    public ValueTask<bool> ChangeAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        cancellationToken.ThrowIfCancellationRequested();
        var secrets = endpoint.Secrets;
        return Change(
            WebhookSql.Change, endpoint.Id, endpoint.Version, endpoint.Url, WebhookSql.BitsOf(endpoint.Types),
            endpoint.Description, secrets.Present, secrets.Past, Milliseconds(secrets.PastUntil), WebhookSql.Of(endpoint.Disabled),
            Milliseconds(endpoint.DisabledAt));
    }

    public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Change(WebhookSql.Remove, id);
    }

    public ValueTask<bool> ReplayAsync(string id, WebhookReplay replay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replay);
        cancellationToken.ThrowIfCancellationRequested();
        return Change(
            WebhookSql.Replay, id, replay.After, replay.Through, replay.SubscriptionId,
            WebhookSql.BitsOf(replay.Types));
    }

    public async ValueTask<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        string id, bool? isDelivered, long after, long before, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await readers.ReadAsync(
            WebhookSql.Deliveries(isDelivered), [id, before, limit, after], ReadDelivery, cancellationToken);
    }

    public async ValueTask<long> ReadChangesAsync(CancellationToken cancellationToken) =>
        (await readers.ReadAsync(WebhookSql.ReadChanges, [], static reader => reader.GetInt64(0), cancellationToken))[0];

    public async ValueTask<IReadOnlyList<EnabledEndpoint>> ListEnabledAsync(
        string? afterId, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        return await readers.ReadAsync(
            WebhookSql.ListEnabled, [afterId ?? "", limit],
            static reader => new EnabledEndpoint(reader.GetString(0), reader.GetInt64(1)), cancellationToken);
    }

    public ValueTask<IReadOnlyList<WebhookTerm>> TakeAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, IWebhookStore.TakenAtOnceMax);
        cancellationToken.ThrowIfCancellationRequested();
        var chosen = JsonSerializer.Serialize(ids);
        return ValueTask.FromResult(writer.Write(statements => WebhookSql.Join(
            statements.Read(
                TakeSql, [chosen], static reader => WebhookSql.ReadTerm(reader, at => SqliteJournal.ReadInstant(reader, at))),
            statements.Read(WaitingSql, [chosen], static reader => (reader.GetString(13), ReadDelivery(reader))),
            statements.Read(TakenSql, [chosen], static reader => (reader.GetString(0), reader.GetInt64(1))))));
    }

    public ValueTask<IReadOnlySet<string>> SaveAsync(IReadOnlyList<WebhookProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlySet<string>>(writer.Write(statements =>
        {
            var lost = new HashSet<string>(StringComparer.Ordinal);
            foreach (var one in progress)
            {
                if (!Save(statements, one)) lost.Add(one.EndpointId);
            }

            return lost;
        }));
    }

    public async ValueTask<IReadOnlyDictionary<long, WebhookEndpoint>> ReadDisabledAsync(
        IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(sequences.Count);
        var found = await readers.ReadAsync(
            ReadDisabledSql, [JsonSerializer.Serialize(sequences)],
            static reader => (Sequence: reader.GetInt64(14), Endpoint: ReadEndpoint(reader)), cancellationToken);
        return found.ToDictionary(one => one.Sequence, one => one.Endpoint);
    }

    public ValueTask<int> SweepAsync(Instant before, int limit, CancellationToken cancellationToken)
    {
        BillingStorage.RequirePageSize(limit);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(writer.Write(statements =>
        {
            var swept = statements.Write(SweepSql, Milliseconds(before), limit) + statements.Write(SweepOrphansSql, limit);
            if (swept < limit) statements.Write(WebhookSql.SweepRemovedEndpoints);
            return swept;
        }));
    }

    private static bool Save(SqliteStatements statements, WebhookProgress one)
    {
        var written = statements.Write(
            SaveEndpointSql, one.EndpointId, one.Term, one.Through, Milliseconds(one.SucceededAt), Milliseconds(one.FailedAt),
            WebhookSql.Of(one.Disabled), Milliseconds(one.DisabledAt), one.ReplayedThrough);
        if (written == 0) return false;
        if (one.Disabled is not null) Disable(statements, one.EndpointId);
        foreach (var delivery in one.Deliveries)
        {
            var (position, subject, fed) = delivery.Event;
            statements.Write(
                SaveDeliverySql, one.EndpointId, position, subject, fed.Sequence, (int)fed.Type, fed.Invoice, fed.SellerId,
                delivery.IsDelivered, delivery.Attempts, Milliseconds(delivery.LastAt), Milliseconds(delivery.NextAt), delivery.Status,
                delivery.Milliseconds, delivery.Fault);
        }

        return true;
    }

    /// <summary>Tells of it in the feed.</summary>
    private static void Disable(SqliteStatements statements, string endpointId)
    {
        statements.Write(WebhookSql.NoteChange);
        var (sequence, seller) = statements.Read(
            WebhookSql.KeepDisabled, [endpointId],
            static reader => (reader.GetInt64(0), reader.IsDBNull(1) ? "" : reader.GetString(1)))[0];
        SqliteFeedBackfill.Insert(
            statements, PlacedEvent.SubjectOf(endpointId), new FeedEvent(sequence, FeedEventType.EndpointDisabled, 0, seller));
    }

    private ValueTask<bool> Change(string sql, params object?[] values) =>
        ValueTask.FromResult(writer.Write(statements =>
            statements.Write(sql, values) == 1 && statements.Write(WebhookSql.NoteChange) == 1));

    private static long? Milliseconds(Instant? at) => at?.ToUnixTimeMilliseconds();

    private static WebhookEndpoint ReadEndpoint(SqliteDataReader reader) =>
        WebhookSql.ReadEndpoint(reader, at => SqliteJournal.ReadInstant(reader, at));

    private static WebhookDelivery ReadDelivery(SqliteDataReader reader) =>
        WebhookSql.ReadDelivery(reader, at => SqliteJournal.ReadInstant(reader, at));
}
