using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>Rows of dead members do not pile up.</summary>
public sealed class DeadMembersTests
{
    /// <summary>Orleans calls the same method every hour; the first time some minutes after a silo's start.</summary>
    [PostgresFact]
    public async Task A_member_that_died_more_than_a_day_ago_is_removed_and_no_other()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var services = cluster.Silos[0].Services;
        var membership = services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using (var died = database.CreateCommand(
            """
            insert into cluster_member
            select deployment_id, address, port, generation - hours, silo_name, host_name, 6, proxy_port, null, start_time,
              now() - hours * interval '1 hour'
            from cluster_member, unnest(array[1, 23, 25, 200]) as hours
            """)) Assert.Equal(4, await died.ExecuteNonQueryAsync());

        await services.GetRequiredService<IMembershipTable>()
            .CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow - membership.DefunctSiloExpiration, CancellationToken.None);

        await using var left = database.CreateCommand(
            """
            select string_agg(extract(day from now() - i_am_alive_time) || ' ' || status, ', ' order by i_am_alive_time)
            from cluster_member
            """);
        Assert.Equal("0 6, 0 6, 0 3", await left.ExecuteScalarAsync());
        Assert.True(membership.DefunctSiloCleanupPeriod <= TimeSpan.FromHours(1));
    }
}
