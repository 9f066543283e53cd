using System.Net;
using Newtonsoft.Json;
using Orleans.Configuration;
using Orleans.Serialization;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Schema;

namespace OrleansBilling.Silo.Hosting;

/// <summary>How Orleans is set up, on both sides. Every number that differs from its default is here, with the reason.</summary>
internal static class ClusterTuning
{
    /// <summary>Names the state of grains and reminders; never changed.</summary>
    private const string ServiceId = "orleans-billing";

    /// <summary>
    /// A command takes milliseconds; what does not answer for this long was lost with its silo. About as long as it takes to
    /// declare that silo dead, so that the next try finds another.
    /// </summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    public static void Apply(this ISiloBuilder silo, SiloPlace place, SiloOptions options, int siloPort, int gatewayPort)
    {
        if (place.ConnectionString is { } shared) silo.Meet(shared, place, siloPort, gatewayPort);
        else silo.StayAlone(place, siloPort);
        silo.AddPlacementDirector<RingPlacement, RingPlacementDirector>();
        silo.AddPlacementDirector<NamedSiloPlacement, NamedSiloPlacementDirector>();
        silo.Configure<ClusterMembershipOptions>(Apply);
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = ResponseTimeout;
            messaging.MaxEnqueuedRequestsHardLimit = options.WaitingTurnsMax;
        });
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = options.IdleAge;
            collection.CollectionQuantum = options.IdleAge / 4 < TimeSpan.FromMinutes(1) ? options.IdleAge / 4 : TimeSpan.FromMinutes(1);

            // A subscription costs a read to bring back; the process killed for want of memory costs all of them.
            collection.EnableActivationSheddingOnMemoryPressure = true;
        });

        // What is to be shed is told by queues, each of which has a bound, and by memory. A processor that is fully used is
        // what a busy silo looks like, and no reason to turn anybody away.
        silo.Configure<LoadSheddingOptions>(shedding => (shedding.LoadSheddingEnabled, shedding.CpuThreshold) = (true, 100));
    }

    /// <summary>Members, reminders and the state of seldom-changed grains are kept in the database that all silos share.</summary>
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
    /// By itself Orleans stores a grain's state under the full name of its class, and cannot read it any more once that has
    /// moved. A grain knows what it reads.
    /// </summary>
    internal static void NameNoTypes(OrleansJsonSerializerOptions options) =>
        options.JsonSerializerSettings.TypeNameHandling = TypeNameHandling.None;

    /// <summary>
    /// One process has everything, so members, reminders and grain state live and die with it; nothing that counts is
    /// in them.
    /// </summary>
    private static void StayAlone(this ISiloBuilder silo, SiloPlace place, int siloPort)
    {
        silo.UseLocalhostClustering(siloPort, gatewayPort: 0, primarySiloEndpoint: null, ServiceId, place.ClusterId);
        silo.UseInMemoryReminderService();
        silo.AddMemoryGrainStorageAsDefault();
    }

    public static void Apply(this IClientBuilder client, string connectionString, string clusterId)
    {
        var database = ClusterDatabase.ConnectionString(connectionString);
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (clusterId, ServiceId));
        client.UseAdoNetClustering(
            clustering => (clustering.Invariant, clustering.ConnectionString) = (ClusterDatabase.Invariant, database));
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);

        // A silo that joins is used, and one that was lost is left alone, within seconds instead of a minute.
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
    }

    /// <summary>
    /// A silo is asked every two seconds and is dead after three silences, so within eight seconds. Its neighbours tell each
    /// other; the table is read every ten seconds for what was not heard.
    /// </summary>
    private static void Apply(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedProbesLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
    }
}
