using System.Globalization;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Backup;

/// <summary>
/// A folder owned by the database's user, with copies of the scripts under test and room for their output. The scripts run as that
/// user, just as an operator runs them.
/// </summary>
internal sealed class BackupFolder : IAsyncDisposable
{
    private readonly string folder;
    private readonly string binaries;
    private readonly PostgresCommands commands;

    private BackupFolder(string folder, string binaries)
    {
        this.folder = folder;
        this.binaries = binaries;
        commands = new PostgresCommands(binaries);
    }

    /// <summary>Where the server archives its WAL.</summary>
    public string Archive => Path("wal-archive");

    /// <summary>The archive_command for postgresql.conf.</summary>
    public string ArchiveCommand => $"'{Path("archive-wal.sh")} \"%p\" \"%f\" {Archive}'";

    public static async Task<BackupFolder> MakeAsync()
    {
        var binaries = PostgresCommands.FindBinaries() ?? throw new InvalidOperationException("PostgreSQL is not installed.");
        var folder = new BackupFolder(Directory.CreateTempSubdirectory("orleans-billing-backup-").FullName, binaries);
        Directory.CreateDirectory(folder.Archive);
        foreach (var script in Directory.GetFiles(DeployFolder.Path("postgres"), "*.sh"))
            File.Copy(script, folder.Path(System.IO.Path.GetFileName(script)));
        await PostgresCommands.OwnAsync(folder.folder, CancellationToken.None);
        await PostgresCommands.OwnAsync(folder.Archive, CancellationToken.None);
        return folder;
    }

    /// <summary>The full path of an entry in the folder.</summary>
    public string Path(string name) => System.IO.Path.Combine(folder, name);

    /// <summary>Runs one of the scripts against a server.</summary>
    /// <exception cref="InvalidOperationException">The script failed. The message contains its output.</exception>
    public Task RunAsync(int port, string database, string script, params string[] arguments) =>
        RunAsAsync("postgres", port, database, script, arguments);

    /// <summary>Runs one of the scripts as a role of the database.</summary>
    /// <exception cref="InvalidOperationException">The script failed. The message contains its output.</exception>
    public Task RunAsAsync(string role, int port, string database, string script, params string[] arguments) => commands.RunAsync(
        "/usr/bin/env",
        [
            $"PATH={binaries}:/usr/bin:/bin", "PGHOST=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"PGPORT={port}"),
            $"PGUSER={role}", $"PGDATABASE={database}", Path(script), .. arguments,
        ],
        CancellationToken.None);

    /// <summary>Starts a server on a data folder and waits until it accepts connections.</summary>
    public Task StartServerAsync(string data, int port) => commands.RunAsync(
        "pg_ctl",
        ["-D", data, "-w", "-l", Path("restored.log"), "-o", string.Create(CultureInfo.InvariantCulture, $"-c port={port}"), "start"],
        CancellationToken.None);

    public Task StopServerAsync(string data) =>
        commands.RunAsync("pg_ctl", ["-D", data, "-w", "-m", "immediate", "stop"], CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
