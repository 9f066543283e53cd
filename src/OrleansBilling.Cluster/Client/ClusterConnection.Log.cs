namespace OrleansBilling.Cluster.Client;

internal sealed partial class ClusterConnection
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the cluster.")]
    private partial void LogConnected();

    [LoggerMessage(Level = LogLevel.Warning, Message = "No silo of the cluster can be reached yet: {Reason}")]
    private partial void LogNotConnected(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The cluster's client could not start.")]
    private partial void LogFailed(Exception exception);
}
