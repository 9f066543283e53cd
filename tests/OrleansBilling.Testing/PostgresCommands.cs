using System.Diagnostics;

namespace OrleansBilling.Testing;

/// <summary>
/// Runs PostgreSQL's own programs. They refuse to run as root, so for root they run as the user <c>postgres</c>.
/// </summary>
/// <param name="launcher">What comes in front of each command, for example to run it in a network of its own.</param>
internal sealed class PostgresCommands(string binaries, IReadOnlyList<string>? launcher = null)
{
    private const string ServerUser = "postgres";

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>The folder with initdb and pg_ctl: the newest installed version, otherwise from PATH; null when not found.</summary>
    public static string? FindBinaries()
    {
        const string installed = "/usr/lib/postgresql";
        var versions = Directory.Exists(installed) ? Directory.GetDirectories(installed) : [];
        var folders = versions
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    /// <summary>Makes the server's user the owner of a folder.</summary>
    public static async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (IsRoot) await ExternalProgram.RunAsync(new ProcessStartInfo("chown", [ServerUser, folder]), cancellationToken);
    }

    public Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var path = Path.Combine(binaries, program);
        string[] user = IsRoot ? ["runuser", "-u", ServerUser, "--"] : [];
        string[] command = [.. launcher ?? [], .. user, path, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Path.GetTempPath() };
        return ExternalProgram.RunAsync(start, cancellationToken);
    }
}
