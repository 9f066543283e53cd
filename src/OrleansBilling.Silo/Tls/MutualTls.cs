using System.Net.Security;
using Orleans.Connections.Security;

namespace OrleansBilling.Silo.Tls;

/// <summary>
/// TLS between silos, and between gateways and silos, where both sides show a certificate of the private authority. Names are not
/// compared: processes come and go at any address, and the authority issues certificates to nobody else.
/// </summary>
internal static class MutualTls
{
    /// <summary>A name to ask for, because TLS wants one.</summary>
    private const string AnyName = "orleans-billing";

    public static void UseMutualTls(this ISiloBuilder silo, ClusterCertificate certificate) => silo.UseTls(tls => Apply(tls, certificate));

    public static void UseMutualTls(this IClientBuilder client, ClusterCertificate certificate) =>
        client.UseTls(tls => Apply(tls, certificate));

    private static void Apply(TlsOptions tls, ClusterCertificate certificate)
    {
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.LocalServerCertificateSelector = (_, _) => certificate.Current.Own;
        tls.RemoteCertificateValidation = (peer, sent, _) => certificate.Trusts(peer, sent);
        tls.OnAuthenticateAsServer = (_, options) =>
        {
            var server = (SslServerAuthenticationOptions)options.SslServerAuthenticationOptions;
            server.ServerCertificateSelectionCallback = null;
            server.ServerCertificateContext = certificate.Current.Context;
        };
        tls.OnAuthenticateAsClient = (_, options) =>
        {
            var client = (SslClientAuthenticationOptions)options.SslClientAuthenticationOptions;
            client.TargetHost = AnyName;
            client.ClientCertificateContext = certificate.Current.Context;
        };
    }
}
