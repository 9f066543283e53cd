namespace OrleansBilling.Cluster.Hosting;

/// <summary>The silo cannot start, for a reason that the operator can mend; the message says which, in one line.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
