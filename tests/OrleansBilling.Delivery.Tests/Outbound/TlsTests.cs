using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Tests.Harness;

namespace OrleansBilling.Delivery.Tests.Outbound;

/// <summary>A certificate that nobody vouches for is not accepted, not even where private addresses are allowed.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task A_certificate_of_an_unknown_issuer_is_refused()
    {
        using var issuer = Issuer();
        using var certificate = IssuedBy(issuer, issuerUrl: null);
        await using var receiver = await Receiver.StartAsync(_ => Task.CompletedTask, certificate);
        Assert.Equal(NoAnswerReason.Tls, await Sending.ReasonAsync(receiver.Url));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Who_does_not_speak_TLS_is_refused()
    {
        await using var receiver = new RawReceiver((stream, cancellationToken) =>
            stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellationToken).AsTask());
        Assert.Equal(NoAnswerReason.Tls, await Sending.ReasonAsync(new Uri($"https://{receiver.EndPoint}/")));
    }

    /// <summary>The URL of the issuer in a certificate is the other side's choice, and nobody has checked it.</summary>
    [Fact]
    public async Task A_certificate_cannot_send_us_anywhere()
    {
        await using var inside = new RawReceiver((_, _) => Task.CompletedTask);
        using var issuer = Issuer();
        using var certificate = IssuedBy(issuer, $"http://{inside.EndPoint}/issuer.crt");
        await using var receiver = await Receiver.StartAsync(_ => Task.CompletedTask, certificate);
        Assert.Equal(NoAnswerReason.Tls, await Sending.ReasonAsync(receiver.Url));
        Assert.Equal(0, inside.Connections);
    }

    private static X509Certificate2 Issuer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Nobody knows me", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(2));
    }

    private static X509Certificate2 IssuedBy(X509Certificate2 issuer, string? issuerUrl)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=receiver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        if (issuerUrl is not null) request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerUrl]));
        using var issued = request.Create(issuer, Now.AddDays(-1), Now.AddDays(1), [1, 2, 3, 4]);
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
