using OrleansBilling.Storage.Postgres;
using OrleansBilling.Storage.Tests.Conformance;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresWideSumTests(PostgresFixture postgres) : WideSumConformance(postgres.CreateTestDatabaseAsync)
{
    protected override string RefuseSql(string table, string column, string value) =>
        $"alter table {table} add constraint broken check ({column} <> '{value}')";

    protected override string MendSql(string table) => $"alter table {table} drop constraint broken";

    protected override async Task FoldAsync()
    {
        var storage = (PostgresStorage)Storage;
        while (await storage.FoldStatisticsAsync(CancellationToken.None) > 0) { }
        while (await storage.FoldBalancesAsync(CancellationToken.None) > 0) { }
    }
}
