using NodaTime;
using OrleansBilling.Runtime.Rehearsal;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Conformance;

/// <summary>What a process rehearses before it is ready leaves no trace in the database.</summary>
public abstract class RehearsalConformance(Func<Task<TestDatabase>> createDatabase) : StorageConformance(createDatabase)
{
    [StorageFact]
    public async Task A_rehearsal_takes_every_command_to_the_database_and_writes_nothing()
    {
        var rehearsal = new CommandRehearsal(Storage.Journal, SystemClock.Instance, TimeProvider.System);

        Assert.True(await rehearsal.RunAsync("rehearsal-1", CancellationToken.None));
        Assert.True(await rehearsal.RunAsync("rehearsal-1", CancellationToken.None));

        Assert.Null(await Storage.Journal.LoadAsync("rehearsal-1", CancellationToken.None));
        foreach (var table in new[] { "subscription", "event", "directory", "outbox", "document_waiting" })
            Assert.Equal(0, await Database.QueryAsync<long>($"select count(*) from {table}"));
    }
}
