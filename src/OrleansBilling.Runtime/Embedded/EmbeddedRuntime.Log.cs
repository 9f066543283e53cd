using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Embedded;

public sealed partial class EmbeddedRuntime
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopping took too long; what is under way is left to the due times of the next start.")]
    private partial void LogStopTimedOut();
}
