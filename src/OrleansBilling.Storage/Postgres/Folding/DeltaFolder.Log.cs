using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Postgres.Folding;

internal sealed partial class DeltaFolder
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "More than {Rows} rows wait in {Table}; another round follows.")]
    private partial void LogBehind(int rows, string table);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database refuses the sum of {Table} at {Key}: it is set aside, where reads find it, and the others are folded. The next start tries it again.")]
    private partial void LogSetAside(Exception exception, string table, string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rows of {Table} were not folded; sums stay exact, and it is tried again.")]
    private partial void LogFailed(Exception exception, string table);
}
