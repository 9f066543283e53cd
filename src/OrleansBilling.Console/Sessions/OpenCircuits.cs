using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace OrleansBilling.Console.Sessions;

/// <summary>Counts the open pages of the process, in total and by session.</summary>
public sealed class OpenCircuits(ConsoleLimits limits)
{
    private readonly ConcurrentDictionary<string, int> bySession = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private int open;

    public int Open => Volatile.Read(ref open);

    /// <summary>Takes a place; false if there is none.</summary>
    public bool TryOpen(string session)
    {
        lock (gate)
        {
            if (!HasRoom(session)) return false;
            open++;
            bySession.AddOrUpdate(session, 1, static (_, count) => count + 1);
            return true;
        }
    }

    public void Close(string session)
    {
        lock (gate)
        {
            open--;
            if (bySession.AddOrUpdate(session, 0, static (_, count) => count - 1) <= 0) bySession.TryRemove(session, out _);
        }
    }

    public bool HasRoom(string session) =>
        Volatile.Read(ref open) < limits.Circuits && bySession.GetValueOrDefault(session) < limits.CircuitsPerSession;
}

/// <summary>
/// Refuses a circuit beyond the limits. A page that finds no room says so before it opens one, so this only meets what does not come from
/// our pages, or comes at the same moment.
/// </summary>
internal sealed class CircuitGate(OpenCircuits circuits, AuthenticationStateProvider who) : CircuitHandler
{
    private string? session;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var token = SignedIn.Of((await who.GetAuthenticationStateAsync()).User)?.Token ?? "";
        if (!circuits.TryOpen(token)) throw new InvalidOperationException("Too many pages are open.");
        session = token;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (session is not null) circuits.Close(session);
        session = null;
        return Task.CompletedTask;
    }
}
