using Npgsql;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class SessionSetupTests(PostgresFixture postgres)
{
    /// <summary>It once took the server half a second for each look at the feed, and most of a core.</summary>
    [StorageFact]
    public async Task No_statement_of_ours_is_compiled()
    {
        var database = (PostgresTestDatabase)await postgres.CreateTestDatabaseAsync();
        var source = new NpgsqlDataSourceBuilder(database.ConnectionString);
        new SessionSetup(fence: null).AddTo(source);
        await using var ours = source.Build();
        await using var setting = ours.CreateCommand("show jit");
        Assert.Equal("off", await setting.ExecuteScalarAsync());
    }
}
