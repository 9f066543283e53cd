using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Conformance;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRecountTests(PostgresFixture postgres) : RecountConformance(postgres.CreateEmptyTestDatabaseAsync, "Postgres")
{
    protected override IEnumerable<string> OldRows(StoredSubscription stored, DirectoryEntry entry, IEnumerable<StoredEvent> events) =>
        Recomputation.OldRows.Postgres(stored, entry, events);
}
