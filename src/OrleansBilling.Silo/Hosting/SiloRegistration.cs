using Orleans.Runtime.GrainDirectory;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Silo.Calls;
using OrleansBilling.Silo.Placement;

namespace OrleansBilling.Silo.Hosting;

/// <summary>The parts a silo depends on. They are opened before the silo starts and closed after it stops.</summary>
/// <param name="Clock">Business time.</param>
internal sealed record SiloParts(SiloStores Stores, IPaymentProvider Payments, WireClock Clock);

internal static class SiloRegistration
{
    /// <summary>Adds a silo to a process.</summary>
    /// <param name="parts">Called when the silo starts.</param>
    public static void AddSilo(this IHostApplicationBuilder builder, SiloPlace place, SiloOptions options, Func<SiloParts> parts)
    {
        var siloPort = place.SiloPort == 0 ? FreePort.Find(place.ListeningAddress) : place.SiloPort;
        var gatewayPort = place.GatewayPort == 0 ? FreePort.Find(place.ListeningAddress) : place.GatewayPort;
        builder.UseOrleans(silo => silo.Apply(place, options, siloPort, gatewayPort));
        ClusterLogging.Quieten(builder.Logging);

        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<RingMembers>();
        services.AddSingleton<RingResidents>();
        services.AddSingleton<PumpBoard>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, RingSweep>();
        services.AddSingleton<RingDirectory>();
        services.AddSingleton<IGrainDirectoryCache>(provider => provider.GetRequiredService<RingDirectory>());
        services.AddSingleton<IGrainDirectoryResolver, RingDirectoryResolver>();
        services.AddSingleton(provider => new SiloRuntime(
            parts(), options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<RingMembers>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<LocalSilo>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<LocalSilo>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PumpWatch>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MemberLog>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloDrain>();
    }
}
