using OrleansBilling.Storage;
using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Sqlite;

namespace OrleansBilling.Gateway.Hosting;

/// <summary>Opens what the settings name.</summary>
internal static class StorageOpening
{
    /// <summary>The one file of SQLite in the data directory.</summary>
    public const string FileName = "billing.db";

    /// <exception cref="StartupException">It cannot be opened.</exception>
    public static async Task<BillingStorage> OpenAsync(GatewaySettings settings, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        try
        {
            return settings.Storage switch
            {
                StorageKind.Sqlite => await SqliteStorage.OpenAsync(
                    new SqliteStorageOptions { Path = Path.Combine(settings.DataDirectory, FileName), ChecksPages = settings.ChecksPages, Time = time }, loggers, cancellationToken),
                StorageKind.Postgres => await PostgresStorage.OpenAsync(
                    new PostgresStorageOptions { ConnectionString = settings.ConnectionString, TakesPartitions = settings.Runtime == RuntimeKind.Embedded }, time, loggers, cancellationToken),
                _ => throw new InvalidOperationException($"{settings.Storage} is not known."),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException and not InvalidOperationException)
        {
            throw new StartupException($"The {settings.Storage} storage cannot be opened: {OneLine(e.Message)}", e);
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
