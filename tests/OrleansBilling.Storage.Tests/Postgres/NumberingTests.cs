using Npgsql;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage.Postgres.Connections;
using OrleansBilling.Storage.Postgres.Documents;
using OrleansBilling.Storage.Tests.Given;
using OrleansBilling.Testing;
using static OrleansBilling.Storage.Tests.Given.Commits;

namespace OrleansBilling.Storage.Tests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class NumberingTests(PostgresFixture postgres)
{
    private const int Documents = 300;

    /// <summary>Counts sessions stuck in the middle of numbering a page. The next statement counts those waiting for their turn.</summary>
    private const string StuckSql =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' " +
        "and wait_event <> 'advisory'";

    private const string WaitingForTurnSql =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'";

    [PostgresFact]
    public async Task Two_processes_that_number_while_both_commit_leave_no_gap_and_give_no_number_twice()
    {
        var database = await postgres.CreateAsync();
        await using var first = await database.OpenAsync();
        await using var second = await database.OpenAsync();

        var commits = Task.WhenAll(
            Enumerable.Range(0, Documents).Select(number => Task.Run(() => CommitAsync(number % 2 == 0 ? first : second, number))));
        var numbered = await Task.WhenAll(new[] { first, second }.Select(storage => Task.Run(async () =>
        {
            var sum = 0;
            while (!commits.IsCompleted) sum += await storage.Documents.AssignAsync(10, CancellationToken.None);
            return sum;
        })));
        await commits;
        var rest = await first.Documents.AssignAsync(Documents, CancellationToken.None);

        Assert.Equal(Documents, numbered.Sum() + rest);
        Assert.Equal(AllNumbers, await ReadNumbersAsync(second));
    }

    [PostgresTheory]
    [InlineData(0)]
    [InlineData(300)]
    public async Task A_page_probes_for_its_documents_however_few_there_were_when_it_was_planned(int documents)
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        for (var number = 0; number < documents; number++) await CommitAsync(storage, number);
        Assert.Equal(documents, await storage.Documents.AssignAsync(1_000, CancellationToken.None));
        await database.ExecuteAsync("analyze");

        var turn = AdvisoryLocks.TakeAndProbeSql.Replace("$1", "1", StringComparison.Ordinal)
            .Replace("$2", "2", StringComparison.Ordinal);
        var plan = await database.PlanAsync("integer", PostgresDocumentNumbers.AssignSql, "1000", turn);

        Assert.True(
            plan.Any(line => line.Contains("using document_pkey on document d", StringComparison.Ordinal)), string.Join('\n', plan));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_page_whose_process_dies_in_the_middle_was_not_numbered_at_all()
    {
        var database = await postgres.CreateAsync();
        await using var storage = await database.OpenAsync();
        for (var number = 0; number < 10; number++) await CommitAsync(storage, number);
        Assert.Equal(3, await storage.Documents.AssignAsync(3, CancellationToken.None));
        Task<int> dying;
        await using (await StopInTheMiddleAsync(database))
        {
            dying = storage.Documents.AssignAsync(100, CancellationToken.None).AsTask();
            await Eventually.EqualAsync(1, () => database.QueryAsync<long>(StuckSql));
            await database.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            await Assert.ThrowsAsync<JournalUnavailableException>(() => dying);
        }

        Assert.Equal([1L, 2L, 3L], await ReadNumbersAsync(storage));
        Assert.Equal(7, await storage.Documents.AssignAsync(100, CancellationToken.None));
        Assert.Equal(Enumerable.Range(1, 10).Select(number => (long)number), await ReadNumbersAsync(storage));
    }

    [PostgresFact]
    public async Task A_second_process_waits_for_the_first_and_goes_on_behind_it()
    {
        var database = await postgres.CreateAsync();
        await using var first = await database.OpenAsync();
        await using var second = await database.OpenAsync();
        for (var number = 0; number < 10; number++) await CommitAsync(first, number);
        Task<int> ahead, behind;
        await using (await StopInTheMiddleAsync(database))
        {
            ahead = first.Documents.AssignAsync(6, CancellationToken.None).AsTask();
            await Eventually.EqualAsync(1, () => database.QueryAsync<long>(StuckSql));
            behind = second.Documents.AssignAsync(6, CancellationToken.None).AsTask();
            await Eventually.EqualAsync(1, () => database.QueryAsync<long>(WaitingForTurnSql));
        }

        Assert.Equal((6, 4), (await ahead, await behind));
        for (var number = 0; number < 10; number++)
            Assert.Equal(number + 1, (await first.Documents.FindAsync($"sub-{number}", CancellationToken.None))[Invoice(1)]);
    }

    private static IEnumerable<long> AllNumbers => Enumerable.Range(1, Documents).Select(number => (long)number);

    private static async Task CommitAsync(BillingStorage storage, int number) =>
        Assert.Equal(
            CommitOutcome.Committed,
            await storage.Journal.CommitAsync(Commit($"sub-{number}", documents: [Invoice(1)]), CancellationToken.None));

    /// <summary>Stops numbering at the series, when the documents are already taken from the queue.</summary>
    private static async Task<NpgsqlConnection> StopInTheMiddleAsync(PostgresTestDatabase database)
    {
        var connection = await database.ConnectAsync();
        await using var command = new NpgsqlCommand("begin; lock table document_series in exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<IEnumerable<long>> ReadNumbersAsync(BillingStorage storage)
    {
        var numbers = new List<long>();
        for (var number = 0; number < Documents; number++)
            numbers.AddRange((await storage.Documents.FindAsync($"sub-{number}", CancellationToken.None)).Values);
        return numbers.Order();
    }
}
