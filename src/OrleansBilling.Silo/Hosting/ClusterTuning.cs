using System.Net;
using Newtonsoft.Json;
using Orleans.Configuration;
using Orleans.Serialization;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Schema;
using OrleansBilling.Silo.Tls;

namespace OrleansBilling.Silo.Hosting;

/// <summary>Configures Orleans for silos and clients. Every number that differs from its default is here, with the reason.</summary>
internal static class ClusterTuning
{
    /// <summary>Identifies stored grain state and reminders. It must never change.</summary>
    private const string ServiceId = "orleans-billing";

    /// <summary>
    /// A command takes milliseconds. A call without an answer for this long was lost with its silo. By then the silo was declared
    /// dead, so the next attempt reaches another one.
    /// </summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    public static void Apply(this ISiloBuilder silo, SiloPlace place, SiloOptions options, int siloPort, int gatewayPort)
    {
        if (place.ConnectionString is { } shared) silo.Meet(shared, place, siloPort, gatewayPort);
        else silo.StayAlone(place, siloPort);
        if (place.Certificate is { } certificate) silo.UseMutualTls(certificate);
        silo.AddPlacementDirector<RingPlacement, RingPlacementDirector>();
        silo.AddPlacementDirector<NamedSiloPlacement, NamedSiloPlacementDirector>();
        silo.Configure<ClusterMembershipOptions>(membership => Apply(membership, options));
        silo.AddQuietDashboard();
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = ResponseTimeout;
            messaging.MaxEnqueuedRequestsHardLimit = options.WaitingTurnsMax;
        });
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = options.IdleAge;
            collection.CollectionQuantum = options.IdleAge / 4 < TimeSpan.FromMinutes(1) ? options.IdleAge / 4 : TimeSpan.FromMinutes(1);

            // Reloading a subscription costs one read. Running out of memory kills the process and loses all of them.
            collection.EnableActivationSheddingOnMemoryPressure = true;
        });

        // Shedding is driven by bounded queues and by memory. A busy silo uses all of its CPU, so CPU usage is no reason to
        // reject requests.
        silo.Configure<LoadSheddingOptions>(shedding => (shedding.LoadSheddingEnabled, shedding.CpuThreshold) = (true, 100));
    }

    /// <summary>Keeps members, reminders and the state of rarely changing grains in the database that all silos share.</summary>
    private static void Meet(this ISiloBuilder silo, string connectionString, SiloPlace place, int siloPort, int gatewayPort)
    {
        var database = ClusterDatabase.ConnectionString(connectionString);
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (place.ClusterId, ServiceId));
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = place.AdvertisedAddress;
            endpoints.SiloPort = siloPort;
            endpoints.GatewayPort = gatewayPort;
            endpoints.SiloListeningEndpoint = new IPEndPoint(place.ListeningAddress, siloPort);
            endpoints.GatewayListeningEndpoint = new IPEndPoint(place.ListeningAddress, gatewayPort);
        });
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (ClusterDatabase.Invariant, database));
        silo.UseAdoNetReminderService(
            reminders => (reminders.Invariant, reminders.ConnectionString) = (ClusterDatabase.Invariant, database));
        silo.AddAdoNetGrainStorageAsDefault(
            storage => (storage.Invariant, storage.ConnectionString) = (ClusterDatabase.Invariant, database));
        silo.Configure<OrleansJsonSerializerOptions>(NameNoTypes);
    }

    /// <summary>
    /// By default, Orleans stores grain state with the full name of its class and cannot read it after the class was moved.
    /// Each grain knows the type of its state, so no name is stored.
    /// </summary>
    internal static void NameNoTypes(OrleansJsonSerializerOptions options) =>
        options.JsonSerializerSettings.TypeNameHandling = TypeNameHandling.None;

    /// <summary>
    /// For a cluster of one process. Members, reminders and grain state are lost when it stops, and none of them matters then.
    /// </summary>
    private static void StayAlone(this ISiloBuilder silo, SiloPlace place, int siloPort)
    {
        silo.UseLocalhostClustering(siloPort, gatewayPort: 0, primarySiloEndpoint: null, ServiceId, place.ClusterId);
        silo.UseInMemoryReminderService();
        silo.AddMemoryGrainStorageAsDefault();
    }

    public static void Apply(this IClientBuilder client, string connectionString, string clusterId, ClusterCertificate? certificate)
    {
        if (certificate is not null) client.UseMutualTls(certificate);
        var database = ClusterDatabase.ConnectionString(connectionString);
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (clusterId, ServiceId));
        client.UseAdoNetClustering(
            clustering => (clustering.Invariant, clustering.ConnectionString) = (ClusterDatabase.Invariant, database));
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);

        // New silos are used, and lost ones avoided, within a second instead of a minute.
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
    }

    /// <summary>
    /// A silo that died has no connection: it is declared dead after four missed probes, within three seconds. A silo that hangs
    /// keeps its connections: it is declared dead when nothing has come from it for five seconds (four times the longest probe),
    /// so that a slow silo that still answers somebody is spared. Probes through a third silo are off, because in a small cluster
    /// they hold the votes back. Neighbors gossip changes; the membership table is read every ten seconds for changes that gossip
    /// missed.
    /// </summary>
    private static void Apply(ClusterMembershipOptions membership, SiloOptions options)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(1.25);
        membership.NumMissedProbesLimit = 4;
        membership.EnableIndirectProbes = false;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        membership.MaxJoinAttemptTime = options.JoinMax;

        // Each restart on another address leaves a row of a dead silo, which every silo reads each time. After a day nobody asks
        // for it: an operator has seen what happened in the night.
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
    }
}
