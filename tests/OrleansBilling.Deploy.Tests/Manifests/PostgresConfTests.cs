using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>Checks deploy/postgres/postgresql.conf by starting PostgreSQL with it.</summary>
public sealed class PostgresConfTests
{
    [NeedsFact(["postgres"])]
    public async Task A_server_starts_with_every_setting_and_keeps_its_durability()
    {
        var folder = Directory.CreateTempSubdirectory("orleans-billing-conf-");
        await PostgresCommands.OwnAsync(folder.FullName, CancellationToken.None);
        var file = Path.Combine(folder.FullName, "postgresql.conf");
        File.Copy(DeployFolder.Path("postgres", "postgresql.conf"), file);
        try
        {
            // A small machine may not have a database server's memory.
            var settings = new Dictionary<string, string> { ["include"] = $"'{file}'", ["shared_buffers"] = "128MB" };
            await using var server = await PostgresServer.StartNewAsync(durable: true, settings);
            await using var journal = new Journal(server.ConnectionString("postgres"));

            Assert.Equal("", await journal.ReadAsync<string>(
                "select coalesce(string_agg(name || ': ' || error, '; '), '') from pg_file_settings where error is not null"));
            Assert.Equal("shared_buffers", await journal.ReadAsync<string>(
                $"select string_agg(name, ' ') from pg_file_settings where sourcefile = '{file}' and not applied"));
            var written = File.ReadLines(file).Count(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'));
            Assert.Equal(written, await journal.ReadAsync<long>($"select count(*) from pg_file_settings where sourcefile = '{file}'"));
            Assert.Equal("on on on", await journal.ReadAsync<string>(
                "select string_agg(setting, ' ') from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes')"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
