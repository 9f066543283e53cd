using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OrleansBilling.Silo.Tls;

/// <summary>What the files held when they were read.</summary>
internal sealed class CertificateFiles
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private readonly byte[] digest;
    private readonly X509Certificate2Collection authorities;

    private CertificateFiles(byte[] digest, X509Certificate2 own, X509Certificate2Collection sent, X509Certificate2Collection authorities)
    {
        this.digest = digest;
        this.authorities = authorities;
        Own = own;
        Context = SslStreamCertificateContext.Create(own, sent, offline: true);
    }

    public X509Certificate2 Own { get; }

    /// <summary>The certificate and what is sent with it.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <exception cref="TlsFileException">
    /// A file is missing or wrong, or the certificate is not the authority's, or not valid now.
    /// </exception>
    public static CertificateFiles Read(TlsFiles files, DateTimeOffset now)
    {
        var (certificate, key, authority) = (Text(files.Certificate), Text(files.Key), Text(files.Authority));
        var authorities = Certificates(files.Authority, authority);
        var chain = Certificates(files.Certificate, certificate);
        X509Certificate2 own;
        try
        {
            own = X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new TlsFileException($"{files.Key} is not the key of {files.Certificate}: {e.Message}", e);
        }

        chain.RemoveAt(0);
        var read = new CertificateFiles(SHA256.HashData(Encoding.UTF8.GetBytes(certificate + key + authority)), own, chain, authorities);
        return read.WhyNotTrusted(own, chain, now) is not { } reason
            ? read
            : throw new TlsFileException($"{files.Certificate} is no valid certificate of {files.Authority}: {reason}");
    }

    public bool HoldTheSameAs(CertificateFiles other) => digest.AsSpan().SequenceEqual(other.digest);

    /// <summary>Whether a peer's certificate is one of the authority, and valid now.</summary>
    /// <param name="sent">What the peer sent with it.</param>
    public bool Trusts(X509Certificate2 peer, X509Chain? sent, DateTimeOffset now) =>
        WhyNotTrusted(peer, sent?.ChainPolicy.ExtraStore ?? [], now) is null;

    /// <summary>Silos call each other, so a certificate must be good for both sides of a connection.</summary>
    private string? WhyNotTrusted(X509Certificate2 certificate, X509Certificate2Collection between, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerUse));
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientUse));
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        return chain.Build(certificate)
            ? null
            : string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct());
    }

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TlsFileException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static X509Certificate2Collection Certificates(string file, string text)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            throw new TlsFileException($"{file} holds no certificate: {e.Message}", e);
        }

        return certificates.Count > 0 ? certificates : throw new TlsFileException($"{file} holds no certificate.");
    }
}
