using Microsoft.Data.Sqlite;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage.Sqlite;

/// <summary>Distinguishes an unusable file, refused data, and bugs.</summary>
internal static class SqliteFaults
{
    public const int Corrupt = 11;

    private const int Error = 1;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int ForeignKey = 787;

    /// <summary>Whether something in the data was refused. The rest of the batch may be fine.</summary>
    public static bool IsAboutData(Exception exception) =>
        exception is not SqliteException sqlite || sqlite.SqliteErrorCode is TooBig or Constraint or Mismatch;

    public static bool IsForeignKey(SqliteException exception) => exception.SqliteExtendedErrorCode == ForeignKey;

    /// <summary>
    /// Whether a call failed because the file cannot be used (busy, disk full, damaged), rather than because of the request.
    /// </summary>
    public static bool IsUnavailable(SqliteException exception) =>
        exception.SqliteErrorCode is not (Error or TooBig or Constraint or Mismatch);

    public static JournalUnavailableException Unavailable(Exception? exception) => new("The database file cannot be used.", exception);
}
