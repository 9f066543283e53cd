using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansBilling.LoadTests.Throughput;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary>
/// <c>serve-constant</c>: the baseline for HTTP. Kestrel reads each request's body and always answers with the same bytes.
/// <c>throughput</c> starts this in a separate process.
/// </summary>
internal static class ServeConstantCommand
{
    private const int BytesMax = 32 * 1024;

    public static Command Create()
    {
        var bytes = new Option<int>("--bytes") { Description = "Length of the answer.", DefaultValueFactory = _ => 800 };
        var command = new Command(WaysOverHttp.ServeConstant, "Answers every request with the same bytes; prints its port.") { bytes };
        command.Hidden = true;
        command.Validators.Add(result =>
        {
            if (result.GetValue(bytes) is < 0 or > BytesMax) result.AddError($"--bytes must be 0 to {BytesMax}.");
        });
        command.SetAction((parsed, cancellationToken) => ServeAsync(parsed.GetValue(bytes), cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(int bytes, CancellationToken cancellationToken)
    {
        var answer = Enumerable.Repeat((byte)'x', bytes).ToArray();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var web = builder.Build();
        web.Run(async http =>
        {
            var body = await http.Request.BodyReader.ReadAtLeastAsync((int)(http.Request.ContentLength ?? 0), http.RequestAborted);
            http.Request.BodyReader.AdvanceTo(body.Buffer.End);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = answer.Length;
            await http.Response.BodyWriter.WriteAsync(answer, http.RequestAborted);
        });
        await web.StartAsync(cancellationToken);
        await web.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }
}
