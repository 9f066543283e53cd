using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresRaceTests(PostgresFixture postgres)
{
    private const int Subscriptions = 20;
    private const long VersionMax = 10;

    [PostgresFact]
    public async Task Two_processes_that_race_for_the_same_rows_have_one_winner_per_version()
    {
        var database = await postgres.CreateAsync();
        await using var first = await database.OpenAsync();
        await using var second = await database.OpenAsync();

        var won = await Task.WhenAll(
            from storage in new[] { first, second }
            from number in Enumerable.Range(0, Subscriptions)
            from racer in Enumerable.Range(0, 3)
            select Task.Run(() => RaceAsync(storage.Journal, $"sub-{number}")));

        Assert.Equal(Subscriptions * VersionMax, won.Sum());
        for (var number = 0; number < Subscriptions; number++)
        {
            var events = await first.Journal.ReadEventsAsync($"sub-{number}", 0, 100, CancellationToken.None);
            Assert.Equal(Enumerable.Range(1, (int)VersionMax).Select(sequence => (long)sequence), events.Select(stored => stored.Sequence));
        }
    }

    [PostgresFact]
    public async Task Processes_that_migrate_an_empty_database_at_once_apply_each_script_once()
    {
        var database = await postgres.CreateEmptyAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => database.MigrateAsync())));

        Assert.Equal(EmbeddedSql.ReadScripts("Postgres").Count, await database.QueryAsync<long>("select count(*) from schema_version"));
        await using var again = await database.OpenAsync();
        Assert.True(await again.Journal.IsAvailableAsync(CancellationToken.None));
    }

    /// <summary>Commits to a subscription, whatever its version, until the last version is reached. Returns the number of wins.</summary>
    private static async Task<long> RaceAsync(IJournal journal, string id)
    {
        var won = 0L;
        while ((await journal.LoadAsync(id, CancellationToken.None))?.Version is var version && (version ?? 0) < VersionMax)
        {
            var outcome = await journal.CommitAsync(Commit(id, version ?? 0), CancellationToken.None);
            Assert.True(outcome is CommitOutcome.Committed or CommitOutcome.Conflict);
            if (outcome == CommitOutcome.Committed) won++;
        }

        return won;
    }
}
