using Microsoft.Extensions.Logging;

namespace OrleansBilling.Storage.Sqlite;

internal static partial class SqliteSchema
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Applied schema script {Script}.")]
    private static partial void LogApplied(ILogger logger, string script);
}
