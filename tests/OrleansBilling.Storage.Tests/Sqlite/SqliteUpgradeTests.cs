using OrleansBilling.Storage.Tests.Conformance;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Sqlite;

public sealed class SqliteUpgradeTests() : UpgradeConformance(SqliteTestDatabase.CreateAsync, "Sqlite", OldRows)
{
    /// <summary>1709209800123 is the instant of all commits in these tests, in Unix milliseconds.</summary>
    private const string OldRows =
        $$"""
        insert into subscription values ('sub-1', 2, 1709209800123, 'past_due', '{"id":"sub-1"}');
        insert into event values ('sub-1', 1, 1709209800123, 'subscribed', '{}'), ('sub-1', 2, 1709209800123, 'charged', '{}');
        insert into directory values ('sub-1', 'ana', 'course', 'monthly', 'launch', 'bob');
        insert into statistic_day values ('launch', 100, 11, 2, 2), ('launch', 100, 3, -1, 1);
        insert into product values ('course', 'ana', '{{OldProduct}}');
        insert into plan values ('monthly', 'course', '{{OldPlan}}');
        insert into offer values ('launch', 'monthly', 'course', 'ana', 'BRL');
        insert into offer_version values ('launch', 1, 1990), ('launch', 2, 2990);
        insert into api_key values ('key-1', 'hash-1', 'customer', 'bob', 'ana', 1709209800123, null);
        insert into setting values ('clock', '2024-01-31T00:00:00Z');
        """;
}
