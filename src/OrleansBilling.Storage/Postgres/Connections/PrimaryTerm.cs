namespace OrleansBilling.Storage.Postgres.Connections;

/// <summary>The time in which one server is the primary. Whoever uses its connections stops when the term ends.</summary>
internal sealed class PrimaryTerm(HostConnections server) : IDisposable
{
    private readonly CancellationTokenSource ending = new();

    public HostConnections Server { get; } = server;

    /// <summary>Fires when another server has become the primary.</summary>
    public CancellationToken Ended => ending.Token;

    public void End() => ending.Cancel();

    public void Dispose() => ending.Dispose();
}

/// <summary>
/// Ends statements when a term ends, or when their caller gives up. Npgsql's cancellation blocks a thread while it tries to reach the
/// server, which may be gone for good, so each runs on a thread of its own.
/// </summary>
internal sealed class TermEnd : IDisposable
{
    // Never disposed: it may be canceled late, and it has no timer.
    private readonly CancellationTokenSource source = new();
    private readonly PrimaryTerm term;
    private readonly CancellationTokenRegistration termEnds;
    private readonly CancellationTokenRegistration callerGivesUp;

    public TermEnd(PrimaryTerm term, CancellationToken caller)
    {
        this.term = term;
        termEnds = term.Ended.UnsafeRegister(static end => ((TermEnd)end!).Cancel(), this);
        callerGivesUp = caller.UnsafeRegister(static end => ((TermEnd)end!).source.Cancel(), this);
    }

    public CancellationToken Token => source.Token;

    /// <summary>Whether the connection must not be used any more.</summary>
    public bool HasCome => source.IsCancellationRequested || term.Ended.IsCancellationRequested;

    public void Cancel() => Task.Factory.StartNew(
        source.Cancel, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
        TaskScheduler.Default);

    public void Dispose()
    {
        termEnds.Dispose();
        callerGivesUp.Dispose();
    }
}
