using System.Diagnostics;

namespace OrleansBilling.Testing;

/// <summary>Runs third-party programs that must succeed.</summary>
public static class ExternalProgram
{
    /// <exception cref="InvalidOperationException">It failed. The message has its command and what it wrote.</exception>
    public static Task RunAsync(ProcessStartInfo start, CancellationToken cancellationToken = default) =>
        ReadAsync(start, cancellationToken);

    /// <summary>The same, and returns what it wrote.</summary>
    /// <exception cref="InvalidOperationException">It failed. The message has its command and what it wrote.</exception>
    public static async Task<string> ReadAsync(ProcessStartInfo start, CancellationToken cancellationToken = default)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} failed: {await output}{await errors}");
        return await output;
    }
}
