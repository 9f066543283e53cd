namespace OrleansBilling.Silo.Tls;

/// <summary>A file of the cluster's TLS cannot be used. The message names it and the reason.</summary>
internal sealed class TlsFileException(string message, Exception? inner = null) : Exception(message, inner);
