using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Embedded;

public sealed partial class DocumentNumbering
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Documents wait for their numbers, for the journal does not answer: {Reason}")]
    private partial void LogJournalUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Documents could not be numbered; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
