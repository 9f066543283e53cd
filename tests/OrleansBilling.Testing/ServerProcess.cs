using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace OrleansBilling.Testing;

/// <summary>One of our servers in a separate process, on a loopback port that the system picks.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";
    private readonly Process process;
    private bool disposed;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The address on which the server listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The output so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts <paramref name="assembly"/> from the caller's folder and waits until it listens.</summary>
    /// <param name="launcher">What comes in front of the command, for example to run it in a network of its own.</param>
    public static async Task<ServerProcess> StartAsync(
        string assembly, IReadOnlyDictionary<string, string> settings, Uri? address = null, IReadOnlyList<string>? launcher = null)
    {
        var server = Launch(assembly, settings, address, launcher);
        var ended = server.process.WaitForExitAsync();
        var first = await Task.WhenAny(server.listening.Task, ended).WaitAsync(TimeSpan.FromMinutes(2));
        if (first == ended)
            throw new InvalidOperationException($"{assembly} ended with {server.process.ExitCode} before it listened:\n{server.Output}");
        server.Address = await server.listening.Task;
        return server;
    }

    /// <summary>Migrates a PostgreSQL database with <c>--migrate</c>.</summary>
    public static async Task MigrateAsync(string connectionString)
    {
        await using var migration = Launch("OrleansBilling.Server.dll", new Dictionary<string, string>
        {
            ["Billing__Storage"] = "postgres",
            ["ConnectionStrings__Billing"] = connectionString,
        }, more: ["--migrate"]);
        var exitCode = await migration.WaitForEndAsync(TimeSpan.FromMinutes(2));
        if (exitCode != 0) throw new InvalidOperationException($"--migrate ended with {exitCode}:\n{migration.Output}");
    }

    /// <summary>Starts <paramref name="assembly"/> without waiting; <see cref="Address"/> is not set.</summary>
    public static ServerProcess Launch(
        string assembly, IReadOnlyDictionary<string, string> settings, Uri? address = null, IReadOnlyList<string>? launcher = null,
        IReadOnlyList<string>? more = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string[] command = [
            .. launcher ?? [], Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Path.Combine(AppContext.BaseDirectory, assembly), "--urls", address?.ToString() ?? "http://127.0.0.1:0",
            .. more ?? []];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Billing__WarmUpSeconds"] = "0";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new ServerProcess(Process.Start(start)!);
    }

    /// <summary>Kills the process like kill -9: it cannot react or clean up. Returns when it is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Stops the process like an operator, with SIGTERM. Returns its exit code when it is gone.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("-TERM");
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return process.ExitCode;
    }

    /// <summary>Freezes the process like a paused machine: its connections stay open, and it answers nobody.</summary>
    public Task FreezeAsync() => SignalAsync("-STOP");

    /// <summary>Lets a frozen process go on.</summary>
    public Task ThawAsync() => SignalAsync("-CONT");

    /// <summary>Completes when the process has ended by itself. Returns its exit code.</summary>
    public async Task<int> WaitForEndAsync(TimeSpan longest)
    {
        await process.WaitForExitAsync().WaitAsync(longest);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        // A test that kills a server and fails to start another in its place disposes it twice.
        if (disposed) return;
        disposed = true;
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private async Task SignalAsync(string name)
    {
        using var signal = Process.Start("kill", [name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
    }

    private void Read(string? line)
    {
        if (line is null) return;
        output.Enqueue(line);
        var at = line.IndexOf(Announcement, StringComparison.Ordinal);
        if (at < 0) return;

        // In plain text the address ends the line; in JSON it ends a string.
        var address = line[(at + Announcement.Length)..];
        listening.TrySetResult(new Uri(address.Split('"')[0]));
    }
}
