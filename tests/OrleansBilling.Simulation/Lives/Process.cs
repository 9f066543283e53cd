using OrleansBilling.Runtime;
using OrleansBilling.Simulation.Seeded;
using OrleansBilling.Simulation.Turns;

namespace OrleansBilling.Simulation.Lives;

/// <summary>A host, and what ties it to the outside; lost together.</summary>
internal sealed class Process(TurnHost host, MortalProcess life)
{
    public int AnswersLost => life.AnswersLost;

    public void Kill() => life.Kill();

    /// <summary>What it answers; null when it is lost before.</summary>
    public async Task<CommandResult?> AskAsync(string id, CommandEnvelope envelope)
    {
        var answering = host.ExecuteAsync(id, envelope, CancellationToken.None).AsTask();
        await Task.WhenAny(answering, life.Lost);
        return answering.IsCompleted ? await answering : null;
    }

    /// <summary>Does what is due, unless it is lost before.</summary>
    public async Task RunDueAsync()
    {
        var running = host.RunDueAsync(CancellationToken.None);
        await Task.WhenAny(running, life.Lost);
        if (running.IsCompleted) await running;
    }
}
