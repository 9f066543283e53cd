using System.Collections.Frozen;
using System.Data.Common;
using NodaTime;
using OrleansBilling.Domain.Feed;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Storage;

/// <summary>The statements about endpoints and their deliveries, in SQL that both databases understand.</summary>
internal static class WebhookSql
{
    /// <summary>Their order is that of <see cref="ReadEndpoint"/>.</summary>
    private const string Columns =
        """
        id, seller_id, created_at, url, types, description, secret, past_secret, past_secret_until, disabled, disabled_at, version,
        succeeded_at, failing_since
        """;

    /// <summary>Their order is that of <see cref="ReadDelivery"/>.</summary>
    private const string DeliveryColumns =
        """
        position, subscription_id, sequence, type, invoice, seller_id, delivered, attempts, last_at, next_at, status, milliseconds, fault
        """;

    /// <summary>{0} is the present end of the feed, $10 the most endpoints of an owner.</summary>
    private const string AddTo =
        """
        insert into webhook_endpoint (id, seller_id, created_at, url, types, description, secret, disabled, disabled_at, version, through)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, 1, ({0})
        where $10 > (
          select count(*)
          from (
            select id from webhook_endpoint where seller_id = $2 and not removed
            union all
            select id from webhook_endpoint where seller_id is null and $2 is null and not removed
          ) as of_owner)
        on conflict (id) do nothing
        """;

    public const string Exists = "select count(*) from webhook_endpoint where id = $1";

    public const string Find = $"select {Columns} from webhook_endpoint where id = $1 and not removed";

    public const string ListEnabled =
        "select id, version from webhook_endpoint where id > $1 and not removed and disabled is null order by id limit $2";

    public const string Change =
        """
        update webhook_endpoint
        set url = $3, types = $4, description = $5, secret = $6, past_secret = $7, past_secret_until = $8, disabled = $9, disabled_at = $10,
          failing_since = case when $9 is null and disabled is not null then null else failing_since end, version = version + 1,
          term = term + 1
        where id = $1 and version = $2 and not removed
        """;

    public const string Remove = "update webhook_endpoint set removed = (1 = 1), term = term + 1 where id = $1 and not removed";

    /// <summary>A new version, so that whoever sends takes the endpoint again and sees it.</summary>
    public const string Replay =
        """
        update webhook_endpoint
        set replay_after = $2, replay_through = $3, replay_subscription_id = $4, replay_types = $5, version = version + 1,
          term = term + 1
        where id = $1 and not removed and replay_after is null
        """;

    public const string NoteChange = "update webhook_change set number = number + 1";

    public const string ReadChanges = "select number from webhook_change";

    /// <summary>{0} chooses ids.</summary>
    private const string TakeOf =
        $$"""
        update webhook_endpoint set term = term + 1 where id {0} and not removed and disabled is null
        returning {{Columns}}, term, through, replay_after, replay_through, replay_subscription_id, replay_types
        """;

    /// <summary>Their order is that of <see cref="ReadDelivery"/>, then the endpoint.</summary>
    private const string WaitingOf =
        $$"""
        select {{DeliveryColumns}}, endpoint_id from webhook_delivery where endpoint_id {0} and not delivered order by endpoint_id, position
        """;

    /// <summary>What an endpoint has taken of what it is to be read again.</summary>
    private const string TakenOf =
        """
        select d.endpoint_id, d.position from webhook_endpoint as e
        join webhook_delivery as d on d.endpoint_id = e.id and d.position > e.through
        where e.id {0} and d.delivered
        """;

    /// <summary>Keeps what endpoint $1 is now, and returns where.</summary>
    public const string KeepDisabled =
        """
        insert into webhook_disabling (
          endpoint_id, seller_id, created_at, url, types, description, past_secret_until, disabled, disabled_at, version, succeeded_at,
          failing_since)
        select id, seller_id, created_at, url, types, description, past_secret_until, disabled, disabled_at, version, succeeded_at,
          failing_since
        from webhook_endpoint where id = $1
        returning sequence, seller_id
        """;

    /// <summary>{0} chooses sequences. The order is that of <see cref="ReadEndpoint"/>, then the sequence.</summary>
    private const string Disabled =
        """
        select endpoint_id, seller_id, created_at, url, types, description, null, null, past_secret_until, disabled, disabled_at, version,
          succeeded_at, failing_since, sequence
        from webhook_disabling where {0}
        """;

    public const string SweepRemovedEndpoints =
        """
        delete from webhook_endpoint where removed and not exists (select 1 from webhook_delivery where endpoint_id = webhook_endpoint.id)
        """;

    /// <summary>A page of endpoints; of each seller that is asked for, the first come from its index.</summary>
    public static (string Text, IReadOnlyList<object> Values) List(WebhookEndpointFilter filter, string? afterId, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        var sql = new OwnedPages(afterId, limit);
        var select = $"select {Columns} from webhook_endpoint as t where t.id > $1 and not t.removed{sql.Created(filter.Created)}";
        return (sql.Of(select, "t.seller_id", filter.SellerIds), sql.Values);
    }

    /// <param name="isDelivered">Only those that were delivered, or only those that wait; null for both.</param>
    public static string Deliveries(bool? isDelivered)
    {
        var condition = isDelivered switch { null => "", true => " and delivered", false => " and not delivered" };
        return $"select {DeliveryColumns} from webhook_delivery where endpoint_id = $1{condition} and position < $2 " +
            "and position > $4 order by position desc limit $3";
    }

    public static string Take(string chosen) => TakeOf.Replace("{0}", chosen, StringComparison.Ordinal);

    public static string Waiting(string chosen) => WaitingOf.Replace("{0}", chosen, StringComparison.Ordinal);

    public static string Taken(string chosen) => TakenOf.Replace("{0}", chosen, StringComparison.Ordinal);

    /// <summary>Adds to terms what waits, and what their endpoints have taken already.</summary>
    public static IReadOnlyList<WebhookTerm> Join(
        IReadOnlyList<WebhookTerm> terms, IEnumerable<(string EndpointId, WebhookDelivery Delivery)> waiting,
        IEnumerable<(string EndpointId, long Position)> taken)
    {
        var waits = waiting.ToLookup(one => one.EndpointId, one => one.Delivery, StringComparer.Ordinal);
        var over = taken.ToLookup(one => one.EndpointId, one => one.Position, StringComparer.Ordinal);
        return
        [
            .. terms.Select(term => term with
            {
                Waiting = [.. waits[term.Endpoint.Id]], Taken = over[term.Endpoint.Id].ToFrozenSet(),
            }),
        ];
    }

    public static string ReadDisabled(string chosen) => Disabled.Replace("{0}", chosen, StringComparison.Ordinal);

    public static string Add(string endOfFeed) => AddTo.Replace("{0}", endOfFeed, StringComparison.Ordinal);

    public static long? BitsOf(FrozenSet<FeedEventType>? types) =>
        types?.Aggregate(0L, (bits, type) => bits | (1L << (int)type));

    public static string? Of(DisabledBecause? because) => because switch
    {
        null => null,
        DisabledBecause.Asked => "asked",
        DisabledBecause.Gone => "gone",
        DisabledBecause.Failing => "failing",
        _ => throw new ArgumentOutOfRangeException(nameof(because), because, null),
    };

    /// <summary>An endpoint; with an empty secret where the row has none.</summary>
    /// <param name="reader">A row.</param>
    /// <param name="at">Reads an instant, as the database stores it.</param>
    public static WebhookEndpoint ReadEndpoint(DbDataReader reader, Func<int, Instant> at) =>
        new(reader.GetString(0), TextOf(reader, 1), at(2))
        {
            Url = reader.GetString(3),
            Types = TypesOf(reader, 4),
            Description = TextOf(reader, 5),
            Secrets = new WebhookSecrets(
                reader.IsDBNull(6) ? [] : reader.GetFieldValue<byte[]>(6),
                reader.IsDBNull(7) ? null : reader.GetFieldValue<byte[]>(7), MaybeAt(reader, 8, at)),
            Disabled = DisabledOf(TextOf(reader, 9)),
            DisabledAt = MaybeAt(reader, 10, at),
            Version = reader.GetInt64(11),
            SucceededAt = MaybeAt(reader, 12, at),
            FailingSince = MaybeAt(reader, 13, at),
        };

    /// <summary>Reads a row of <see cref="Take"/>.</summary>
    public static WebhookTerm ReadTerm(DbDataReader reader, Func<int, Instant> at)
    {
        var replay = reader.IsDBNull(16) ? null : new WebhookReplay(reader.GetInt64(16), reader.GetInt64(17))
        {
            SubscriptionId = TextOf(reader, 18), Types = TypesOf(reader, 19),
        };
        return new WebhookTerm(ReadEndpoint(reader, at), reader.GetInt64(14), reader.GetInt64(15), [], replay);
    }

    public static WebhookDelivery ReadDelivery(DbDataReader reader, Func<int, Instant> at)
    {
        var fed = new FeedEvent(reader.GetInt64(2), (FeedEventType)reader.GetInt32(3), reader.GetInt32(4), reader.GetString(5));
        return new WebhookDelivery(new PlacedEvent(reader.GetInt64(0), reader.GetString(1), fed), reader.GetBoolean(6))
        {
            Attempts = reader.GetInt32(7),
            LastAt = MaybeAt(reader, 8, at),
            NextAt = MaybeAt(reader, 9, at),
            Status = IntegerOf(reader, 10),
            Milliseconds = IntegerOf(reader, 11),
            Fault = TextOf(reader, 12),
        };
    }

    private static DisabledBecause? DisabledOf(string? name) => name switch
    {
        null => null,
        "asked" => DisabledBecause.Asked,
        "gone" => DisabledBecause.Gone,
        "failing" => DisabledBecause.Failing,
        _ => throw new InvalidDataException($"'{name}' is stored as why an endpoint is disabled but is not a reason."),
    };

    private static FrozenSet<FeedEventType>? TypesOf(DbDataReader reader, int ordinal)
    {
        if (reader.IsDBNull(ordinal)) return null;
        var bits = reader.GetInt64(ordinal);
        return Enum.GetValues<FeedEventType>().Where(type => (bits & (1L << (int)type)) != 0).ToFrozenSet();
    }

    private static string? TextOf(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    private static int? IntegerOf(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt32(ordinal);

    private static Instant? MaybeAt(DbDataReader reader, int ordinal, Func<int, Instant> at) =>
        reader.IsDBNull(ordinal) ? null : at(ordinal);
}
