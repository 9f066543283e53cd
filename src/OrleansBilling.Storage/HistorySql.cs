namespace OrleansBilling.Storage;

/// <summary>Statements on one subscription's events and checkpoints, in SQL that both databases understand.</summary>
internal static class HistorySql
{
    public const string EventsWithoutUsage =
        """
        select sequence, at, type, data from event
        where subscription_id = $1 and sequence > $2 and type <> 'usage_recorded' order by sequence limit $3
        """;

    public const string CheckpointAtVersion =
        "select sequence, at, state from checkpoint where subscription_id = $1 and sequence <= $2 order by sequence desc limit 1";

    public const string CheckpointAsOf =
        "select sequence, at, state from checkpoint where subscription_id = $1 and at <= $2 order by at desc, sequence desc limit 1";
}
