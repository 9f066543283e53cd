using System.Diagnostics;

namespace OrleansBilling.PaymentSimulator.Tests;

/// <summary>The simulator as a process of its own, on a port from the system.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly Process process;

    private SimulatorProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<SimulatorProcess> StartAsync(string bookPath)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
                { Path.Combine(AppContext.BaseDirectory, "OrleansBilling.PaymentSimulator.dll"), "--urls", "http://127.0.0.1:0" },
            Environment = { ["Simulator__BookPath"] = bookPath },
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (at >= 0) return new SimulatorProcess(process, new Uri(line[(at + Announcement.Length)..]));
        }

        throw new InvalidOperationException($"The simulator ended with {process.ExitCode} before it listened.");
    }

    /// <summary>Kills the process like kill -9, without a clean shutdown.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
