namespace OrleansBilling.Server;

/// <summary>The process cannot start, for a reason that the operator can fix. The message is one line that names it.</summary>
internal sealed class StartupException : Exception
{
    public StartupException(string message, Exception? inner = null)
        : base(message.ReplaceLineEndings(" "), inner)
    {
    }
}
