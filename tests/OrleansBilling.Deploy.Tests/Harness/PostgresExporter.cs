using System.Diagnostics;

namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Debian's exporter of PostgreSQL's statistics, as the comment in deploy/prometheus/prometheus.yaml starts it.</summary>
internal sealed class PostgresExporter : IAsyncDisposable
{
    public const string Program = "prometheus-postgres-exporter";

    private readonly ToolProcess process;

    public PostgresExporter(int port, string database)
    {
        var start = new ProcessStartInfo(
            Programs.Find(Program)!,
            [
                $"--web.listen-address={Address.Authority}", "--log.level=error",
                $"--extend.query-path={DeployFolder.Path("prometheus", "postgres-queries.yaml")}",
            ]);
        start.Environment["DATA_SOURCE_NAME"] = $"host=127.0.0.1 port={port} user=billing_monitor dbname={database} sslmode=disable";
        process = new ToolProcess(start);
    }

    public Uri Address { get; } = LoopbackPort.FindFreeAddress();

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
