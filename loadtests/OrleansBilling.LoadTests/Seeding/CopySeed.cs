using Npgsql;
using NpgsqlTypes;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Storage;

namespace OrleansBilling.LoadTests.Seeding;

/// <summary>
/// Fills a new PostgreSQL database by COPY, with millions of subscriptions in a minute or two. Each gets the rows of one sold
/// subscription under its own id. The last subscription goes through the journal and includes the counters and balances of
/// all, so that those are written as commits write them.
/// </summary>
/// <param name="connectionString">The database.</param>
/// <param name="plan">What to store.</param>
/// <param name="uncounted">Whether the copies stay uncounted, for a recount of the statistics.</param>
internal sealed class CopySeed(string connectionString, SeedPlan plan, bool uncounted = false)
{
    private const int ReportEvery = 10_000;
    private static readonly string[] Tables = ["subscription", "event", "directory"];

    public async Task FillAsync(IJournal journal, Action<int> done, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, MaxPoolSize = Tables.Length + 1 });
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var indexes = await SecondaryIndexes.DropAsync(connection, Tables, cancellationToken);
        await Task.WhenAll(
            CopyAsync(
                database, "subscription (id, version, counted, fed, due_at, partition, status, state)", SubscriptionRow(), done,
                cancellationToken),
            CopyAsync(database, "event (subscription_id, sequence, at, type, data)", EventRows(), static _ => { }, cancellationToken),
            CopyAsync(
                database, "directory (id, seller_id, product_id, plan_id, offer_id, customer_id)", DirectoryRow(), static _ =>
                    { }, cancellationToken));
        await ExecuteAsync(connection, "set maintenance_work_mem = '512MB'", cancellationToken);
        foreach (var index in indexes) await ExecuteAsync(connection, index, cancellationToken);
        await CommitLastAsync(journal, cancellationToken);
        await ExecuteAsync(connection, "vacuum analyze", cancellationToken);
        await ExecuteAsync(connection, "checkpoint", cancellationToken);
        done(plan.Count);
    }

    /// <summary>Its counters cover all subscriptions: itself and the copies.</summary>
    private async Task CommitLastAsync(IJournal journal, CancellationToken cancellationToken)
    {
        var last = plan.Templates[^1].CommitFor(Subscriptions.Id(plan.Count - 1));
        var outcome = await journal.CommitAsync(
            new JournalCommit
            {
                SubscriptionId = last.SubscriptionId,
                ExpectedVersion = last.ExpectedVersion,
                NewVersion = last.NewVersion,
                State = last.State,
                DueAt = last.DueAt,
                Events = last.Events,
                Directory = last.Directory,
                Deltas = plan.Deltas(),
                Balances = plan.Balances(),
            },
            cancellationToken);
        if (outcome != CommitOutcome.Committed)
            throw new LoadTestException($"Could not fill the database: the last commit was {outcome}.");
    }

    private async Task CopyAsync(
        NpgsqlDataSource database, string columns, Action<NpgsqlBinaryImporter, string, SeedTemplate> write, Action<int> done,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await Task.Run(
            () =>
            {
                using var importer = connection.BeginBinaryImport($"copy {columns} from stdin (format binary)");
                foreach (var (number, template) in plan.All())
                {
                    if (number == plan.Count - 1) break;
                    if (number % ReportEvery == 0)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        done(number);
                    }

                    write(importer, Subscriptions.Id(number), template);
                }

                importer.Complete();
            },
            cancellationToken);
    }

    private Action<NpgsqlBinaryImporter, string, SeedTemplate> SubscriptionRow()
    {
        var states = plan.Templates.ToDictionary(template => template, template => SeedTemplate.Patched(template.Commit.State));
        return (importer, id, template) =>
        {
            importer.StartRow();
            importer.Write(id, NpgsqlDbType.Text);
            importer.Write(template.Commit.NewVersion, NpgsqlDbType.Bigint);
            importer.Write(uncounted ? 0 : template.Commit.NewVersion, NpgsqlDbType.Bigint);

            // As if the feed had been read and forgotten: no load test needs the events of what it is filled with.
            importer.Write(template.Commit.NewVersion, NpgsqlDbType.Bigint);
            if (template.Commit.DueAt is { } due) importer.Write(due.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);
            else importer.WriteNull();
            importer.Write(SubscriptionHash.PartitionOf(SubscriptionHash.Of(id)), NpgsqlDbType.Smallint);
            importer.Write(StoredNames.Of(template.State.Status), NpgsqlDbType.Text);
            importer.Write(states[template].For(id), NpgsqlDbType.Text);
        };
    }

    private Action<NpgsqlBinaryImporter, string, SeedTemplate> EventRows()
    {
        var data = plan.Templates.ToDictionary(
            template => template, template => template.Commit.Events.Select(stored => SeedTemplate.Patched(stored.Data)).ToArray());
        return (importer, id, template) =>
        {
            var patched = data[template];
            for (var n = 0; n < patched.Length; n++)
            {
                var stored = template.Commit.Events[n];
                importer.StartRow();
                importer.Write(id, NpgsqlDbType.Text);
                importer.Write(stored.Sequence, NpgsqlDbType.Bigint);
                importer.Write(stored.At.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);
                importer.Write(stored.Type, NpgsqlDbType.Text);
                importer.Write(patched[n].For(id), NpgsqlDbType.Text);
            }
        };
    }

    private static Action<NpgsqlBinaryImporter, string, SeedTemplate> DirectoryRow() => static (importer, id, template) =>
    {
        var entry = template.Commit.Directory!;
        importer.StartRow();
        importer.Write(id, NpgsqlDbType.Text);
        importer.Write(entry.SellerId, NpgsqlDbType.Text);
        importer.Write(entry.ProductId, NpgsqlDbType.Text);
        importer.Write(entry.PlanId, NpgsqlDbType.Text);
        importer.Write(entry.OfferId, NpgsqlDbType.Text);
        importer.Write(SeedTemplate.CustomerOf(id), NpgsqlDbType.Text);
    };

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
