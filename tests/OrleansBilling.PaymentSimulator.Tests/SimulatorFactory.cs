using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace OrleansBilling.PaymentSimulator.Tests;

/// <summary>The real simulator within the test's process: in memory, or on a socket with a port from the system.</summary>
internal sealed class SimulatorFactory(string bookPath) : WebApplicationFactory<Program>
{
    public int DropAnswerPercent { get; init; }

    public int LatencyMilliseconds { get; init; }

    public int? QueueRowsMax { get; init; }

    public long Seed { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Uri ListenOnSocket()
    {
        UseKestrel(0);
        StartServer();
        return ClientOptions.BaseAddress;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Simulator:BookPath", bookPath);
        builder.UseSetting("Simulator:DropAnswerPercent", $"{DropAnswerPercent}");
        builder.UseSetting("Simulator:LatencyMilliseconds", $"{LatencyMilliseconds}");
        builder.UseSetting("Simulator:Seed", $"{Seed}");
        if (QueueRowsMax is { } rows) builder.UseSetting("Simulator:QueueRowsMax", $"{rows}");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(Time)));
    }
}
