namespace OrleansBilling.Gateway.Bulk;

internal sealed partial class BulkAnswerWriter
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of a stream of commands failed.")]
    private partial void LogLineFailed(Exception exception, long line);
}
