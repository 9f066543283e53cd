using System.Security.Cryptography;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Server.Settings;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Opens the key ring by the master key: that of the settings, or on SQLite a file beside the data. On PostgreSQL without one no secret
/// is kept: it would have to be the same in every process, so no process can make it.
/// </summary>
internal static partial class SecretsOpening
{
    public const string FileName = "master.key";

    /// <exception cref="StartupException">The master key is missing, or is not the one of this database.</exception>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    public static async Task<SecretBox> OpenAsync(
        ServerSettings settings, IKeyRing ring, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var keys = await ring.ListAsync(cancellationToken);
        if (ReadSecret(settings, keys.Count == 0) is not { } secret)
        {
            LogWithout(loggers.CreateLogger<SecretBox>());
            return SecretBox.Without(Machine.Time);
        }

        var master = new MasterKey(secret, Machine.Dice);
        if (keys.Any(key => key.Master != master.Name)) throw new StartupException(Foreign(settings));
        try
        {
            return SecretBox.Open(ring, master, Machine.Time, loggers);
        }
        catch (CryptographicException e)
        {
            throw new StartupException($"The key ring in the database cannot be used: {e.GetBaseException().Message}", e);
        }
    }

    private static byte[]? ReadSecret(ServerSettings settings, bool isNew)
    {
        if (settings.MasterKey is { } set) return set;
        if (settings.Storage != StorageKind.Sqlite) return null;
        var path = Path.Combine(settings.DataDirectory, FileName);
        try
        {
            if (File.Exists(path)) return Read(path);
            return isNew
                ? Create(path)
                : throw new StartupException(
                    $"{path} is missing: secrets in the database are encrypted by it. Restore it together with the database.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The master key cannot be used: {e.Message}", e);
        }
    }

    private static byte[] Read(string path)
    {
        // A copy from a backup may be readable by others.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return SettingsReader.TryReadMasterKey(File.ReadAllText(path).Trim(), out var secret)
            ? secret
            : throw new StartupException($"{path} is not a master key: it must be 32 bytes in base64.");
    }

    private static byte[] Create(string path)
    {
        var secret = new byte[MasterKey.Bytes];
        Machine.Dice(secret);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)));
        file.Flush(flushToDisk: true);
        return secret;
    }

    private static string Foreign(ServerSettings settings) => settings.MasterKey is null
        ? $"{FileName} is not the one by which secrets in this database are encrypted. Restore both from the same backup."
        : "Billing__MasterKey is not the one by which secrets in this database are encrypted.";

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Billing__MasterKey is not set. Answers that have a secret are not kept, so a repeated request for a key or token is " +
            "refused instead of answered again.")]
    private static partial void LogWithout(ILogger logger);
}
