namespace OrleansBilling.Silo.Tls;

/// <summary>The PEM files with which a process proves that it belongs to the cluster.</summary>
/// <param name="Certificate">Its certificate, followed by those between it and the authority, if any.</param>
/// <param name="Key">The certificate's private key, not encrypted.</param>
/// <param name="Authority">
/// The private authority's own certificate; several while one replaces another. Whoever holds a certificate of it may join and call.
/// </param>
internal sealed record TlsFiles(string Certificate, string Key, string Authority);
