using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Conformance;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Sqlite;

public sealed class SqliteRecountTests() : RecountConformance(SqliteTestDatabase.CreateAsync, "Sqlite")
{
    protected override IEnumerable<string> OldRows(StoredSubscription stored, DirectoryEntry entry, IEnumerable<StoredEvent> events) =>
        Recomputation.OldRows.Sqlite(stored, entry, events);
}
