using OrleansBilling.Storage.Tests.Conformance;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresUpgradeTests(PostgresFixture postgres) : UpgradeConformance(
    postgres.CreateEmptyTestDatabaseAsync, "Postgres", OldRows)
{
    private const string OldRows =
        $$"""
        insert into subscription values ('sub-1', 2, '2024-02-29T12:30:00.123Z', 482, 'past_due', '{"id":"sub-1"}');
        insert into event values
          ('sub-1', 1, '2024-02-29T12:30:00.123Z', 'subscribed', '{}'), ('sub-1', 2, '2024-02-29T12:30:00.123Z', 'charged', '{}');
        insert into directory values ('sub-1', 'ana', 'course', 'monthly', 'launch', 'bob');
        insert into statistic_day values ('launch', 100, 11, 2, 1);
        insert into statistic_delta values (100, 'launch', 11, 2, 1), (100, 'launch', 3, -1, 1);
        insert into product values ('course', 'ana', '{{OldProduct}}');
        insert into plan values ('monthly', 'course', '{{OldPlan}}');
        insert into offer values ('launch', 'monthly', 'course', 'ana', 'BRL');
        insert into offer_version values ('launch', 1, 1990), ('launch', 2, 2990);
        insert into api_key values ('key-1', 'hash-1', 'customer', 'bob', 'ana', '2024-02-29T12:30:00.123Z', null);
        insert into setting values ('clock', '2024-01-31T00:00:00Z');
        """;
}
