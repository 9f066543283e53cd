namespace OrleansBilling.Server;

/// <summary>The process cannot start, for a reason that its operator can mend. The message is one line that says which.</summary>
internal sealed class StartupException : Exception
{
    public StartupException(string message, Exception? inner = null)
        : base(message.ReplaceLineEndings(" "), inner)
    {
    }
}
