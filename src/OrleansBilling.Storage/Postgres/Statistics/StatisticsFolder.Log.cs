using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Postgres.Statistics;

internal sealed partial class StatisticsFolder
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "More than {Rows} statistics deltas wait; another round follows.")]
    private partial void LogBehind(int rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "Statistics were not folded; they stay exact, and it is tried again.")]
    private partial void LogFailed(Exception exception);
}
