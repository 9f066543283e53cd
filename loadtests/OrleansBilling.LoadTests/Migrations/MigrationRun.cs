using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansBilling.LoadTests.Hosts;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Output;
using OrleansBilling.LoadTests.Processes;
using OrleansBilling.LoadTests.Report;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Storage;
using OrleansBilling.Storage.Postgres.Schema;
using Meter = OrleansBilling.LoadTests.Measuring.Meter;

namespace OrleansBilling.LoadTests.Migrations;

/// <summary>
/// Rehearses migrations on a filled database under load: the kinds of scripts that a release may bring are applied as <c>--migrate</c>
/// does, and one that builds an index is interrupted and goes on.
/// </summary>
internal sealed class MigrationRun(int subscriptions, int callers)
{
    private static readonly TimeSpan LoadBefore = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InterruptAfter = TimeSpan.FromSeconds(1);

    private static readonly SchemaScript Column = new(
        9_001, "a column on the largest table", "alter table subscription add column drill integer;");

    private static readonly SchemaScript Index = new(
        9_002, "an index on the largest table",
        "-- concurrent\ncreate index concurrently if not exists subscription_drill on subscription (status, due_at);\n");

    private static readonly SchemaScript Table = new(
        9_003, "a table", "create table drill (id bigserial primary key, data jsonb not null);");

    private readonly List<(string What, double Seconds, long Commands, double SlowestMilliseconds)> steps = [];

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (begunAt, machine) = (DateTimeOffset.UtcNow, new Machine());
        await using var postgres = await PrivatePostgres.StartAsync(cancellationToken);
        var connectionString = await postgres.CreateDatabaseAsync("migration", cancellationToken);
        var plan = await RecentSales.FillAsync(connectionString, subscriptions, uncounted: false, cancellationToken);
        await using var storage = await PrivatePostgres.OpenStorageAsync(connectionString, cancellationToken);
        await using var runtime = Turns.Open(new HostParts(storage));
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        var meter = new Meter();
        meter.MeasureFrom(0);
        await using var load = new Callers(
            callers, meter, (caller, running) => PaymentMethodChanges.SendAsync(runtime, plan.Count, caller, running));

        await StepAsync("before", meter, () => Task.Delay(LoadBefore, cancellationToken));
        await StepAsync(Column.Name, meter, () => ApplyAsync(source, [Column], cancellationToken));
        await StepAsync($"{Index.Name}, interrupted", meter, () => InterruptAsync(source, cancellationToken));
        await StepAsync($"{Index.Name}, again", meter, () => ApplyAsync(source, [Column, Index], cancellationToken));
        await StepAsync(Table.Name, meter, () => ApplyAsync(source, [Column, Index, Table], cancellationToken));
        await load.StopAsync();
        await using var valid = source.CreateCommand(
            "select count(*) from pg_index where indexrelid = 'subscription_drill'::regclass and indisvalid");

        var report = new RunReport
        {
            Name = "migration",
            Title = "Migration under load",
            Description = Numbers.Invariant($"{plan.Count:N0} subscriptions, {callers} callers"),
            StartedAt = begunAt,
            Conditions = await machine.ReadAsync(postgres, cancellationToken),
            Tables =
            [
                new ReportTable(
                    "Scripts", ["script", ">seconds", ">commands per second", ">slowest command ms"],
                    [.. steps.Select(step => (IReadOnlyList<ReportCell>)
                        [
                            step.What, ReportCell.Of(step.Seconds, "0.0"), ReportCell.Of(step.Commands / step.Seconds),
                            ReportCell.Of(step.SlowestMilliseconds),
                        ])]),
            ],
            Checks =
            [
                RunCheck.Same("valid indexes", 1, (long)(await valid.ExecuteScalarAsync(cancellationToken))!),
                RunCheck.None("commands that failed", meter.Failed + meter.Refused),
            ],
        };
        return await Screen.ShowAsync(report, null, cancellationToken);
    }

    private async Task StepAsync(string what, Meter meter, Func<Task> apply)
    {
        meter.Latencies.TakeInterval();
        var (done, startedAt) = (meter.Done, Stopwatch.GetTimestamp());
        await apply();
        steps.Add((what, Stopwatch.GetElapsedTime(startedAt).TotalSeconds, meter.Done - done, meter.Latencies.TakeInterval().Max));
    }

    private static async Task InterruptAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        interruption.CancelAfter(InterruptAfter);
        try
        {
            await ApplyAsync(source, [Column, Index], interruption.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // As intended. On a small database the index may be ready before.
        }
    }

    private static Task ApplyAsync(NpgsqlDataSource source, SchemaScript[] more, CancellationToken cancellationToken) =>
        new PostgresMigration(source, TimeProvider.System, NullLogger<PostgresMigration>.Instance).ApplyAsync(
            PostgresSchema.Journal with { Scripts = [.. PostgresSchema.Journal.Scripts, .. more] }, cancellationToken);
}
