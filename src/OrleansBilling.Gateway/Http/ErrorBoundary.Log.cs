namespace OrleansBilling.Gateway.Http;

internal sealed partial class ErrorBoundary
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogFailed(Exception exception, string method, string path);
}
