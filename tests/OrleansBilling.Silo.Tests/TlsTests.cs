using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Server;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Silo.Tls;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>Who may join a cluster and call its grains when TLS is on.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Refused = "No silo of the cluster can be reached";
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(6);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orleans-billing-tls-");
    private readonly PrivateAuthority authority = new("ours");
    private readonly PrivateAuthority stranger = new("theirs");
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private readonly FakeLogCollector log = new();
    private readonly LoggerFactory loggers;

    public TlsTests() => loggers = new LoggerFactory([new FakeLoggerProvider(log)]);

    public void Dispose()
    {
        loggers.Dispose();
        authority.Dispose();
        stranger.Dispose();
        folder.Delete(recursive: true);
    }

    [PostgresFact]
    public async Task Only_who_has_a_certificate_of_the_authority_joins_and_calls_and_the_authority_is_replaced_without_a_restart()
    {
        await using var cluster = await TestCluster.StartAsync(
            silos: 2, new SiloOptions { JoinMax = TimeSpan.FromSeconds(3) }, authority.Write(Sub("ours")));
        foreach (var n in Enumerable.Range(0, 40)) await cluster.AcceptedAsync($"s{n}", cluster.Subscribe($"s{n}"));
        Assert.All(await cluster.LiveAsync(), live => Assert.NotEqual(0, live));

        // Neither without a certificate nor with another authority's.
        foreach (var files in new[] { null, stranger.Write(Sub("theirs")) })
        {
            await Assert.ThrowsAsync<StartupException>(() => cluster.JoinAsync(files));
            log.Clear();
            await using var link = cluster.LinkWith(files, loggers);
            link.Start();
            await Eventually.HoldsAsync(() => log.GetSnapshot().Any(line => line.Message.StartsWith(Refused, StringComparison.Ordinal)));
            Assert.Null(link.Grains);
        }

        // Whoever runs now trusts a second authority too. From then on, its certificates are let in.
        var both = $"{authority.Pem}\n{stranger.Pem}";
        authority.Write(Sub("ours"), trusted: both);
        await using var renewed = cluster.LinkWith(stranger.Write(Sub("theirs"), trusted: both));
        renewed.Start();
        await renewed.WhenConnectedAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        await cluster.AcceptedAsync("s1", new SubscriptionCommand.ChangePaymentMethod("tok_ok"));
    }

    [Fact]
    public void New_connections_use_new_files_as_soon_as_they_fit_together()
    {
        var files = authority.Write(Sub("ours"));
        using var certificate = new ClusterCertificate(files, time, () => loggers);
        var first = certificate.Current;

        // The key is replaced before the certificate.
        var (renewed, key) = authority.Issue();
        File.WriteAllText(files.Key, key);
        time.Advance(Later);
        Assert.Same(first, certificate.Current);
        Assert.Contains("is not the key of", log.LatestRecord.Message, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Error, log.LatestRecord.Level);

        File.WriteAllText(files.Certificate, renewed);
        time.Advance(Later);
        Assert.NotEqual(first.Own.Thumbprint, certificate.Current.Own.Thumbprint);
        Assert.True(certificate.Trusts(first.Own, null));
        Assert.StartsWith("New connections use the certificate", log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_is_trusted_until_it_expires()
    {
        using var certificate = new ClusterCertificate(authority.Write(Sub("ours")), time, () => loggers);
        using var other = new ClusterCertificate(
            authority.Write(Sub("others"), until: time.GetUtcNow().AddHours(1)), time, () => loggers);
        var shown = other.Current.Own;
        Assert.True(certificate.Trusts(shown, null));
        time.Advance(TimeSpan.FromHours(2));
        Assert.False(certificate.Trusts(shown, null));
    }

    [Fact]
    public void Files_that_cannot_be_used_are_named_at_the_start()
    {
        var files = authority.Write(Sub("ours"));
        var theirs = stranger.Write(Sub("theirs"));
        var old = authority.Write(Sub("old"), until: DateTimeOffset.UtcNow.AddHours(-1));

        RequireNamed(files with { Certificate = "/nowhere/tls.crt" }, "/nowhere/tls.crt cannot be read");
        RequireNamed(files with { Authority = files.Key }, $"{files.Key} holds no certificate");
        RequireNamed(files with { Key = theirs.Key }, $"{theirs.Key} is not the key of {files.Certificate}");
        RequireNamed(files with { Authority = theirs.Authority }, $"{files.Certificate} is no valid certificate of {theirs.Authority}");
        RequireNamed(old, $"{old.Certificate} is no valid certificate of {old.Authority}");
    }

    private void RequireNamed(TlsFiles files, string reason)
    {
        var error = Assert.Throws<TlsFileException>(() => new ClusterCertificate(files, time, () => loggers).Dispose());
        Assert.StartsWith(reason, error.Message, StringComparison.Ordinal);
    }

    private string Sub(string name) => folder.CreateSubdirectory(name).FullName;
}
