using System.Runtime.Versioning;
using Npgsql;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>
/// Runs deploy/tls and the script of compose that calls it. OpenSSL checks what they make, and a PostgreSQL serves with it.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class CertificateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orleans-billing-tls-").FullName;

    [NeedsFact(["openssl", "bash"])]
    public async Task A_certificate_is_of_its_authority_has_its_names_and_serves_both_ends()
    {
        await MakeAuthorityAsync("authority");
        await MakeCertificateAsync("authority", "one", "silo-1", "10.0.0.11", "fd00::1");

        foreach (var purpose in new[] { "sslserver", "sslclient" }) await VerifyAsync("authority", "one", "-purpose", purpose);
        await VerifyAsync("authority", "one", "-verify_hostname", "silo-1");
        await VerifyAsync("authority", "one", "-verify_ip", "10.0.0.11");
        await VerifyAsync("authority", "one", "-verify_ip", "fd00::1");
        await Assert.ThrowsAnyAsync<Exception>(() => VerifyAsync("authority", "one", "-verify_hostname", "silo-2"));

        // The chain is in the file, and nobody but the owner reads a key.
        var chain = await File.ReadAllTextAsync(Of("one", "tls.crt"));
        Assert.Equal(3, chain.Split("BEGIN CERTIFICATE").Length);
        Assert.Equal(await File.ReadAllTextAsync(Of("authority", "ca.crt")), await File.ReadAllTextAsync(Of("one", "ca.crt")));
        Assert.All([Of("one", "tls.key"), Of("authority", "authority.key")], key =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key)));
    }

    [NeedsFact(["openssl", "bash"])]
    public async Task Another_authority_is_refused_and_an_existing_one_is_never_replaced()
    {
        await MakeAuthorityAsync("authority");
        await MakeAuthorityAsync("other");
        await MakeCertificateAsync("other", "stranger", "silo-1");

        await Assert.ThrowsAnyAsync<Exception>(() => VerifyAsync("authority", "stranger"));
        await VerifyAsync("other", "stranger");
        var before = await File.ReadAllTextAsync(Of("authority", "authority.key"));
        await Assert.ThrowsAnyAsync<Exception>(() => MakeAuthorityAsync("authority"));
        Assert.Equal(before, await File.ReadAllTextAsync(Of("authority", "authority.key")));
        await Assert.ThrowsAnyAsync<Exception>(() => MakeCertificateAsync("authority", "bad", "a, DNS:*"));
    }

    [NeedsFact(["openssl", "bash"])]
    public async Task A_renewal_keeps_the_key_so_that_a_reader_always_finds_a_pair()
    {
        await MakeAuthorityAsync("authority");
        await MakeCertificateAsync("authority", "one", "silo-1");
        var (key, certificate) = (await File.ReadAllTextAsync(Of("one", "tls.key")), await File.ReadAllTextAsync(Of("one", "tls.crt")));
        await MakeCertificateAsync("authority", "one", "silo-1");

        Assert.Equal(key, await File.ReadAllTextAsync(Of("one", "tls.key")));
        Assert.NotEqual(certificate, await File.ReadAllTextAsync(Of("one", "tls.crt")));
        await VerifyAsync("authority", "one");
        Assert.Equal(3, Directory.GetFileSystemEntries(Of("one")).Length);
    }

    [NeedsFact(["openssl", "bash", "postgres"])]
    public async Task PostgreSQL_serves_with_what_compose_makes_and_only_with_a_certificate_of_that_authority()
    {
        var owner = (await Programs.MustRunAsync("id", ["-u", Environment.UserName == "root" ? "postgres" : Environment.UserName])).Trim();
        var environment = new Dictionary<string, string>
        {
            ["VOLUMES"] = folder, ["POSTGRES_OWNER"] = owner, ["SERVERS_OWNER"] = owner,
        };
        var script = DeployFolder.Path("compose", "make-certificates.sh");
        await Programs.MustRunAsync("bash", [script], environment);

        // Again, as at the next start: the authority stays.
        await Programs.MustRunAsync("bash", [script], environment);
        await VerifyAsync("authority", Path.Combine("tls", "postgres"), "-verify_hostname", "postgres");
        await VerifyAsync("authority", Path.Combine("tls", "servers"), "-verify_hostname", "orleans-billing");
        Assert.Equal(["ca.crt"], Directory.GetFiles(Of("tls", "public")).Select(Path.GetFileName));

        await MakeAuthorityAsync("other");
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        await using var server = await PostgresServer.StartNewAsync(durable: false, new Dictionary<string, string>
        {
            ["ssl"] = "on",
            ["ssl_cert_file"] = $"'{Of("tls", "postgres", "tls.crt")}'",
            ["ssl_key_file"] = $"'{Of("tls", "postgres", "tls.key")}'",
        });
        var checking = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"))
        {
            SslMode = SslMode.VerifyCA, RootCertificate = Of("tls", "public", "ca.crt"), Pooling = false,
        };
        await using (var connection = new NpgsqlConnection(checking.ConnectionString)) await connection.OpenAsync();

        // The name matters too: the server is "postgres", not 127.0.0.1.
        checking.SslMode = SslMode.VerifyFull;
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => OpenAsync(checking));
        (checking.SslMode, checking.RootCertificate) = (SslMode.VerifyCA, Of("other", "ca.crt"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => OpenAsync(checking));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task OpenAsync(NpgsqlConnectionStringBuilder to)
    {
        await using var connection = new NpgsqlConnection(to.ConnectionString);
        await connection.OpenAsync();
    }

    private string Of(params string[] parts) => Path.Combine([folder, .. parts]);

    private Task<string> MakeAuthorityAsync(string name) =>
        Programs.MustRunAsync("bash", [DeployFolder.Path("tls", "make-authority.sh"), Of(name)]);

    private Task<string> MakeCertificateAsync(string authority, string name, params string[] names) =>
        Programs.MustRunAsync("bash", [DeployFolder.Path("tls", "make-certificate.sh"), Of(authority), Of(name), .. names]);

    /// <summary>Fails unless the certificate is of the authority and fits what is asked.</summary>
    private Task<string> VerifyAsync(string authority, string name, params string[] asked) =>
        Programs.MustRunAsync("openssl", ["verify", "-CAfile", Of(authority, "ca.crt"), .. asked, Of(name, "tls.crt")]);
}
