using Microsoft.Extensions.Configuration;
using Orleans.Dashboard;

namespace OrleansBilling.Silo.Hosting;

/// <summary>
/// The Orleans Dashboard: what silos collect for it, and what the process that shows it needs. It runs without its parts that
/// every grain call would pay for, so it shows no figures of single methods.
/// </summary>
internal static class ClusterDashboard
{
    /// <summary>
    /// Left out: the profiler around every call; the profiler's timer and a reader of the meters of Orleans, both started with the
    /// silo; a listener to every line of the log.
    /// </summary>
    private static readonly Type[] LeftOut =
        [typeof(IIncomingGrainCallFilter), typeof(ILifecycleParticipant<ISiloLifecycle>), typeof(ILoggerProvider)];

    /// <summary>Lets a silo collect figures, and show the page.</summary>
    public static void AddQuietDashboard(this ISiloBuilder silo) =>
        AddQuietly(silo.Services, () => silo.AddDashboard(Configure));

    /// <summary>Lets a process without a silo show the page.</summary>
    /// <param name="grains">Access to the grains of the cluster, once it is reached.</param>
    public static void AddDashboardPage(this IHostApplicationBuilder builder, Func<IGrainFactory> grains)
    {
        var services = builder.Services;
        services.AddSingleton(_ => grains());
        AddQuietly(services, () => new PageBuilder(services, builder.Configuration).AddDashboard(Configure));
    }

    private static void AddQuietly(IServiceCollection services, Action add)
    {
        var before = services.Count;
        add();
        for (var n = services.Count - 1; n >= before; n--)
        {
            if (LeftOut.Contains(services[n].ServiceType)) services.RemoveAt(n);
        }
    }

    /// <summary>The log is not shown to browsers.</summary>
    private static void Configure(DashboardOptions options) => options.HideTrace = true;

    private sealed record PageBuilder(IServiceCollection Services, IConfiguration Configuration) : IClientBuilder;
}
