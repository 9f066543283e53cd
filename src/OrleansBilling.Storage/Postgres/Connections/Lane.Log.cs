using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Postgres.Connections;

internal abstract partial class Lane<TItem>
{
    private void LogUnreachable(Exception exception) => LaneLog.Unreachable(logger, exception, GetType().Name);

    private void LogReconnected() => LaneLog.Reconnected(logger, GetType().Name);
}

internal static partial class LaneLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Lane} cannot reach PostgreSQL; it refuses work and keeps trying.")]
    public static partial void Unreachable(ILogger logger, Exception exception, string lane);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Lane} reached PostgreSQL again.")]
    public static partial void Reconnected(ILogger logger, string lane);
}
