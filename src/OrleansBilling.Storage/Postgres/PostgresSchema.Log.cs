using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Postgres;

internal static partial class PostgresSchema
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Applied schema script {Script}.")]
    private static partial void LogApplied(ILogger logger, string script);
}
