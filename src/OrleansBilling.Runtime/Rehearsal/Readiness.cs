namespace OrleansBilling.Runtime.Rehearsal;

/// <summary>Whether a process has rehearsed, so that its first callers are served as fast as later ones.</summary>
public sealed class Readiness
{
    private volatile bool isWarm;

    public bool IsWarm => isWarm;

    /// <summary>Called once, when the rehearsal has ended, well or not.</summary>
    public void Warm() => isWarm = true;
}
