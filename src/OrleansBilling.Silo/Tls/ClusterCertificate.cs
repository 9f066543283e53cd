using System.Security.Cryptography.X509Certificates;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Silo.Tls;

/// <summary>
/// The certificate with which this process proves to others that it belongs to the cluster, and the authority by which it judges them.
/// New connections use what the files hold at that time, so certificates are renewed without a restart.
/// </summary>
internal sealed partial class ClusterCertificate : IDisposable
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);
    private readonly Lock guard = new();
    private readonly TlsFiles files;
    private readonly TimeProvider time;
    private readonly Func<ILoggerFactory> loggers;
    private readonly IDisposable observation;
    private CertificateFiles current;
    private long readAt;

    /// <param name="loggers">Called only when there is something to tell.</param>
    /// <exception cref="TlsFileException">A file is missing or wrong.</exception>
    public ClusterCertificate(TlsFiles files, TimeProvider time, Func<ILoggerFactory> loggers)
    {
        this.files = files;
        this.time = time;
        this.loggers = loggers;
        current = CertificateFiles.Read(files, time.GetUtcNow());
        readAt = time.GetTimestamp();
        observation = BillingTelemetry.ObserveCertificate(() => Current.Own.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime);
    }

    public CertificateFiles Current
    {
        get
        {
            lock (guard)
            {
                if (time.GetElapsedTime(readAt) < ReadEvery) return current;
                readAt = time.GetTimestamp();
                ReadAgain();
                return current;
            }
        }
    }

    /// <summary>Whether a peer belongs to the cluster.</summary>
    public bool Trusts(X509Certificate2 peer, X509Chain? sent) => Current.Trusts(peer, sent, time.GetUtcNow());

    public void Dispose() => observation.Dispose();

    /// <summary>Keeps what it has while the files are wrong, for example because only one of them was replaced so far.</summary>
    private void ReadAgain()
    {
        try
        {
            var read = CertificateFiles.Read(files, time.GetUtcNow());
            if (read.HoldTheSameAs(current)) return;
            current = read;
            var (logger, until) = (loggers().CreateLogger<ClusterCertificate>(), read.Own.NotAfter.ToUniversalTime());
            LogRenewed(logger, until);
        }
        catch (TlsFileException e)
        {
            var logger = loggers().CreateLogger<ClusterCertificate>();
            LogUnusable(logger, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "New connections use the certificate that is valid until {Until:u}.")]
    private static partial void LogRenewed(ILogger logger, DateTime until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The cluster's certificate cannot be renewed; the old one is used: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string reason);
}
