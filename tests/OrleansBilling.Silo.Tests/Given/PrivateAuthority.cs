using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansBilling.Silo.Tls;

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>A certificate authority that only a test trusts.</summary>
internal sealed class PrivateAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 own;

    public PrivateAuthority(string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10));
    }

    public string Pem => own.ExportCertificatePem();

    /// <summary>A certificate and its key, for both sides of a connection.</summary>
    public (string Certificate, string Key) Issue(DateTimeOffset? until = null)
    {
        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=silo", holder, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(own, now.AddHours(-23), until ?? now.AddDays(30), RandomNumberGenerator.GetBytes(8));
        return (issued.ExportCertificatePem(), holder.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes the files of a process. An existing one is replaced.</summary>
    /// <param name="trusted">What it trusts, if not only this authority.</param>
    public TlsFiles Write(string folder, string? trusted = null, DateTimeOffset? until = null)
    {
        var files = new TlsFiles(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"), Path.Combine(folder, "ca.crt"));
        var (certificate, privateKey) = Issue(until);
        File.WriteAllText(files.Certificate, certificate);
        File.WriteAllText(files.Key, privateKey);
        File.WriteAllText(files.Authority, trusted ?? Pem);
        return files;
    }

    public void Dispose()
    {
        own.Dispose();
        key.Dispose();
    }
}
