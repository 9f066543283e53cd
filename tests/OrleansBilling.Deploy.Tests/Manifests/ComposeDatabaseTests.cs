using System.Runtime.Versioning;
using Npgsql;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>
/// PostgreSQL as compose sets it up, without the container: its certificate, its roles and passwords (make-roles.sh), and who may
/// connect (pg_hba.conf).
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ComposeDatabaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orleans-billing-compose-").FullName;

    [NeedsFact(["postgres", "psql", "openssl", "bash"])]
    public async Task Each_role_comes_in_with_its_password_and_TLS_and_the_superuser_not_from_outside()
    {
        var access = Path.Combine(folder, "pg_hba.conf");
        File.Copy(DeployFolder.Path("postgres", "pg_hba.conf"), access);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        await MakeCertificatesAsync();
        await using var server = await PostgresServer.StartNewAsync(durable: false, new Dictionary<string, string>
        {
            ["ssl"] = "on",
            ["ssl_cert_file"] = $"'{Path.Combine(folder, "tls", "postgres", "tls.crt")}'",
            ["ssl_key_file"] = $"'{Path.Combine(folder, "tls", "postgres", "tls.key")}'",
        });
        await server.CreateDatabaseAsync("billing");
        await MakeRolesAsync(server);
        await using (var superuser = new Journal(server.ConnectionString("postgres")))
            await superuser.ExecuteAsync($"alter system set hba_file = '{access}'");
        NpgsqlConnection.ClearAllPools();
        await server.StopAsync();
        await server.StartAsync();

        foreach (var role in new[] { "billing", "billing_migrations", "billing_backup" })
        {
            await OpenAsync(server, role, role + "-password", "billing");
            await RefusedAsync(server, role, "wrong", "billing");
            await RefusedAsync(server, role, role + "-password", "billing", SslMode.Disable);
        }

        // A scratch database is made through "postgres"; nobody else has anything to do there.
        await OpenAsync(server, "billing_backup", "billing_backup-password", "postgres");
        await RefusedAsync(server, "billing", "billing-password", "postgres");
        await RefusedAsync(server, "postgres", "any", "billing");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task MakeCertificatesAsync()
    {
        var owner = (await Programs.MustRunAsync("id", ["-u", Environment.UserName == "root" ? "postgres" : Environment.UserName])).Trim();
        await Programs.MustRunAsync("bash", [DeployFolder.Path("compose", "make-certificates.sh")], new Dictionary<string, string>
        {
            ["VOLUMES"] = folder, ["POSTGRES_OWNER"] = owner, ["SERVERS_OWNER"] = owner,
        });
    }

    private static Task<string> MakeRolesAsync(PostgresServer server) =>
        Programs.MustRunAsync("bash", [DeployFolder.Path("compose", "make-roles.sh")], new Dictionary<string, string>
        {
            ["PGHOST"] = "127.0.0.1", ["PGPORT"] = $"{server.Port}", ["PGUSER"] = "postgres",
            ["ROLES"] = DeployFolder.Path("postgres", "roles.sql"),
            ["BILLING_DATABASE_PASSWORD"] = "billing-password",
            ["BILLING_MIGRATIONS_PASSWORD"] = "billing_migrations-password",
            ["BILLING_BACKUP_PASSWORD"] = "billing_backup-password",
        });

    private async Task RefusedAsync(
        PostgresServer server, string role, string password, string database, SslMode mode = SslMode.VerifyCA)
    {
        // 28000: no line of pg_hba.conf; 28P01: the password.
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => OpenAsync(server, role, password, database, mode));
        Assert.StartsWith("28", refusal.SqlState, StringComparison.Ordinal);
    }

    private async Task OpenAsync(
        PostgresServer server, string role, string password, string database, SslMode mode = SslMode.VerifyCA)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString(database))
        {
            Username = role, Password = password, SslMode = mode, Pooling = false,
            RootCertificate = Path.Combine(folder, "tls", "public", "ca.crt"),
        }.ConnectionString);
        await connection.OpenAsync();
    }
}
