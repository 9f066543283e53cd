using OrleansBilling.Runtime;
using OrleansBilling.Simulation.Seeded;
using OrleansBilling.Simulation.Turns;

namespace OrleansBilling.Simulation.Lives;

/// <summary>A host and its connection to the outside. Both are lost together.</summary>
internal sealed class Process(TurnHost host, MortalProcess life)
{
    public int AnswersLost => life.AnswersLost;

    public void Kill() => life.Kill();

    /// <summary>Runs a command; returns null if the process is lost first.</summary>
    public async Task<CommandResult?> AskAsync(string id, CommandEnvelope envelope)
    {
        var answering = host.ExecuteAsync(id, envelope, CancellationToken.None).AsTask();
        await Task.WhenAny(answering, life.Lost);
        return answering.IsCompleted ? await answering : null;
    }

    /// <summary>Does due work until it is done or the process is lost.</summary>
    public async Task RunDueAsync()
    {
        var running = host.RunDueAsync(CancellationToken.None);
        await Task.WhenAny(running, life.Lost);
        if (running.IsCompleted) await running;
    }
}
