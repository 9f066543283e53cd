using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Storage.Customers;

/// <summary>
/// The statements that find rows with a mail address, for both databases. "like" finds too much at worst: whoever reads the JSON
/// decides.
/// </summary>
internal static class PersonSql
{
    /// <summary>The subscriptions after $1 and up to $2.</summary>
    public static IReadOnlyList<(PersonPlace Place, string Sql)> Find { get; } =
    [
        (PersonPlace.Snapshot, "select id, version, state from subscription where id > $1 and id <= $2 and state like '%\"email\":%'"),
        (PersonPlace.Event,
            """
            select subscription_id, sequence, data from event
            where subscription_id > $1 and subscription_id <= $2 and sequence = 1 and data like '%"email":%'
            """),
        (PersonPlace.Checkpoint,
            """
            select subscription_id, sequence, state from checkpoint
            where subscription_id > $1 and subscription_id <= $2 and state like '%"email":%'
            """),
    ];

    /// <summary>What may hold a text, of the subscriptions after $1 and up to $2. Events with a moved comment come too.</summary>
    public static IReadOnlyList<(PersonPlace Place, string Sql)> FindTexts { get; } =
    [
        (PersonPlace.Event,
            """
            select subscription_id, sequence, data, type from event
            where subscription_id > $1 and subscription_id <= $2
              and type in ('canceled', 'cancellation_scheduled', 'refund_requested', 'credit_granted', 'charged_back')
              and (data like '%"comment%' or data like '%"reason":%')
            order by subscription_id, sequence
            """),
        (PersonPlace.Snapshot,
            "select id, version, state, null from subscription where id > $1 and id <= $2 and state like '%\"comment\":%'"),
        (PersonPlace.Checkpoint,
            """
            select subscription_id, sequence, state, null from checkpoint
            where subscription_id > $1 and subscription_id <= $2 and state like '%"comment":%'
            """),
    ];

    /// <summary>Whether lists show the reason that the row has.</summary>
    public static bool IsListed(PersonRow row) => row.EventType is "refund_requested" or "credit_granted" or "charged_back";

    public const string FindMessages =
        """select '', position, data from outbox where position > $1 and data like '%"email":%' order by position limit $2""";

    /// <summary>Replaces one row: $1 is the subscription, $2 the number, $3 the JSON.</summary>
    public static string Replace(PersonPlace place) => place switch
    {
        PersonPlace.Snapshot => "update subscription set state = cast($3 as text) where id = $1 and version = $2",
        PersonPlace.Event => "update event set data = cast($3 as text) where subscription_id = $1 and sequence = $2",
        PersonPlace.Checkpoint => "update checkpoint set state = cast($3 as text) where subscription_id = $1 and sequence = $2",
        PersonPlace.Message => "update outbox set data = cast($3 as text) where $1 = '' and position = $2",
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, null),
    };
}
