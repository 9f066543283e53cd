using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrleansBilling.LoadTests.Processes;

/// <summary>
/// One of our .NET programs as a child process. It listens on a loopback port that the system picks. Its output is read
/// continuously, so that it never blocks, and the last lines are kept for error messages. Disposing asks it to stop, and
/// kills it if it does not.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";
    private const int SigTerm = 15;
    private const int KeptLinesMax = 30;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Longer than a silo needs to leave its cluster.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Queue<string> lastLines = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new LoadTestException($"{Name} ended before it listened."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public int Id => process.Id;

    /// <summary>Processor time of all threads so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it holds now.</summary>
    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    private string Name => Path.GetFileNameWithoutExtension(process.StartInfo.ArgumentList[0]);

    /// <summary>Starts an assembly, from this program's folder if only its name is given, and waits until it listens.</summary>
    public static async Task<ChildProcess> StartAsync(
        string assembly, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly);
        if (!File.Exists(path)) throw new LoadTestException($"{assembly} is not built.");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(path);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        var child = new ChildProcess(start);
        try
        {
            child.Address = await child.listening.Task.WaitAsync(StartTimeout, cancellationToken);
            return child;
        }
        catch (Exception exception)
        {
            var said = child.LastWords();
            await child.DisposeAsync();
            if (exception is OperationCanceledException) throw;
            throw new LoadTestException($"{exception.Message}{Environment.NewLine}{said}", exception);
        }
    }

    /// <summary>Whether the process still runs and its last output; for error messages.</summary>
    public string LastWords()
    {
        var state = process.HasExited ? $"{Name} has ended with {process.ExitCode}" : $"{Name} still runs";
        lock (lastLines) return string.Join(Environment.NewLine, lastLines.Prepend($"{state}; its last output:"));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Terminate();
            using var patience = new CancellationTokenSource(StopTimeout);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > KeptLinesMax) lastLines.Dequeue();
        }

        var at = line.IndexOf(Announcement, StringComparison.Ordinal);
        if (at >= 0) listening.TrySetResult(new Uri(line[(at + Announcement.Length)..].Trim('"', ' ')));
    }

    private void Terminate()
    {
        if (OperatingSystem.IsWindows()) process.Kill();
        else _ = Kill(process.Id, SigTerm);
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
