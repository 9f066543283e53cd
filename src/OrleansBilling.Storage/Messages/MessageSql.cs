namespace OrleansBilling.Storage.Messages;

/// <summary>The statements about messages of subscriptions, for both databases.</summary>
internal static class MessageSql
{
    public const string Read =
        """
        select sequence, id, sender, at, text from subscription_message
        where subscription_id = $1 and sequence > $2 order by sequence limit $3
        """;
}
