using System.Diagnostics;

namespace OrleansBilling.Cluster.Tests;

/// <summary>What a build without Orleans says to somebody who asks for the cluster.</summary>
public sealed class ClearErrorTests
{
    [Theory]
    [InlineData("OrleansBilling.Cluster.dll", "orleans-billing-silo: this build is without Orleans; build it with -p:Orleans=true.\n")]
    [InlineData("OrleansBilling.Gateway.dll", "orleans-billing: Billing__Runtime=orleans is not in this build, which has the embedded host only; use Billing__Runtime=embedded.\n")]
    public async Task A_build_without_Orleans_says_so_in_one_line(string assembly, string message)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, assembly) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Billing__Runtime"] = "orleans";
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal(1, process.ExitCode);
        Assert.Equal(message, errors.ReplaceLineEndings("\n"));
        Assert.Empty(await output);
    }
}
