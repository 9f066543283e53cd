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
