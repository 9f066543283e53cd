namespace OrleansBilling.Gateway.Hosting;

/// <summary>The gateway cannot start, for a reason that its operator can mend. The message is one line that says which.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
