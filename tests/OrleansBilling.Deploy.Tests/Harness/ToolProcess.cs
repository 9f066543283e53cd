using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>A third-party server that runs beside a test, and is killed when the test ends.</summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> output = new();
    private readonly Process process;

    public ToolProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Fails the test, and shows why, if it has ended by itself.</summary>
    public void RequireRunning() => Assert.False(process.HasExited, Output);

    /// <summary>Kills it like kill -9.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
