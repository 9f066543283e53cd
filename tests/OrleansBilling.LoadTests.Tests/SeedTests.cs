using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Scenarios.Audit;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Payments;
using OrleansBilling.Simulation.Turns;
using OrleansBilling.Testing;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>Rows from COPY equal those of real sales, and the subscriptions work like sold ones.</summary>
public sealed class SeedTests(SeededDatabase databases) : IClassFixture<SeededDatabase>
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);

    [PostgresFact]
    public async Task A_copied_subscription_equals_one_that_was_really_sold()
    {
        var (connectionString, plan) = await databases.FillAsync(Now, each: 20);
        await using var storage = await SeededDatabase.OpenAsync(connectionString);
        var sold = Subscriptions.Id(plan.Count + 7);
        await using (var runtime = Open(storage, Now - Duration.FromDays(10)))
        {
            var command = new SubscriptionCommand.Subscribe(
                sold, plan.Catalog.Offers[0], new Customer(SeedTemplate.CustomerOf(sold), null), "tok_ok", null, null, null);
            Assert.IsType<CommandResult.Accepted>(
                await runtime.ExecuteAsync(sold, new CommandEnvelope(command, Caller.Administrator), CancellationToken.None));
            await runtime.RunDueAsync(CancellationToken.None);
        }

        var copied = Subscriptions.Id(3);
        await using var database = NpgsqlDataSource.Create(connectionString);
        foreach (var table in new[] { "subscription where id", "event where subscription_id", "directory where id" })
        {
            // Only the partition may differ, because it follows from the id.
            var sql =
                $"select to_jsonb(t) - 'partition' from {table[..table.IndexOf(' ')]} as t {table[table.IndexOf(' ')..]} = $1 order by 1";
            var rows = await ReadAsync(database, sql, copied);
            Assert.NotEmpty(rows);
            Assert.Equal(
                (await ReadAsync(database, sql, sold)).Select(row => row.Replace(sold, copied, StringComparison.Ordinal)),
                rows);
        }
    }

    [PostgresFact]
    public async Task Everything_that_was_filled_passes_the_audit_and_is_found_by_number()
    {
        var (connectionString, plan) = await databases.FillAsync(Now, each: 20);
        Assert.Equal(60, plan.Count);
        Assert.Equal("tok_ok", plan.TemplateOf(0).Part.Token);
        Assert.Equal("tok_flaky_30", plan.TemplateOf(20).Part.Token);
        Assert.Equal("tok_flaky_30", plan.TemplateOf(39).Part.Token);
        Assert.Equal(Now - Duration.FromDays(30), plan.TemplateOf(40).Part.SoldAt);
        Assert.Empty(await SeededDatabase.BrokenAsync(connectionString, plan, new AcknowledgedVersions(), Now - Duration.FromSeconds(1)));
        await using var database = NpgsqlDataSource.Create(connectionString);
        Assert.Equal(["20"], await ReadAsync(database, "select count(*)::text from subscription where state like '%tok_flaky_30%'"));
        Assert.Equal(["20"], await ReadAsync(database, "select count(*)::text from subscription where due_at <= '2026-03-01 12:00Z'"));
    }

    [PostgresFact]
    public async Task Indexes_are_back_after_filling()
    {
        var (connectionString, _) = await databases.FillAsync(Now, each: 2);
        await using var database = NpgsqlDataSource.Create(connectionString);
        var indexes = await ReadAsync(database, "select indexname from pg_indexes where schemaname = 'public'");
        Assert.Contains("subscription_due_by_group", indexes);
        Assert.Contains("subscription_rare_status", indexes);
        Assert.Contains("directory_seller", indexes);
    }

    [Fact]
    public void An_id_of_another_length_does_not_fit()
    {
        var patched = new PatchedBytes(Encoding.ASCII.GetBytes("a load-00000000 b load-00000000"), Subscriptions.Id(0));
        Assert.Equal("a load-00000042 b load-00000042", Encoding.ASCII.GetString(patched.For(Subscriptions.Id(42))));
        Assert.Throws<ArgumentException>(() => patched.For("load-1"));
    }

    private static TurnHost Open(Storage.BillingStorage storage, Instant now) => new(
        new TurnHostOptions(), storage.Journal, storage.Due, new CatalogCache(storage.Catalog, TimeProvider.System),
        new SimulatedPaymentProvider(1),
        new VirtualClock(now), TimeProvider.System, NullLoggerFactory.Instance);

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource database, string sql, string? parameter = null)
    {
        await using var command = database.CreateCommand(sql);
        if (parameter is not null) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
