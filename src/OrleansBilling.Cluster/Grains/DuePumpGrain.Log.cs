namespace OrleansBilling.Cluster.Grains;

internal sealed partial class DuePumpGrain
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The due pump of group {Group} has no reminder yet: {Reason}")]
    private partial void LogUnwatched(long group, string reason);
}
