namespace OrleansBilling.Simulation.Turns;

/// <summary>
/// Turns in order of arrival: one holder at a time, a limited number waiting. Costs three words while nobody waits. A
/// retired gate admits nobody; a caller that meets one looks the subscription up again.
/// </summary>
internal sealed class TurnGate
{
    private Queue<TaskCompletionSource<TurnAdmission>>? waiting;
    private bool held;
    private bool retired;

    public ValueTask<TurnAdmission> EnterAsync(int waitingMax)
    {
        lock (this)
        {
            if (retired) return new(TurnAdmission.Retired);
            if (!held)
            {
                held = true;
                return new(TurnAdmission.Admitted);
            }

            waiting ??= new Queue<TaskCompletionSource<TurnAdmission>>();
            if (waiting.Count >= waitingMax) return new(TurnAdmission.Full);
            var turn = new TaskCompletionSource<TurnAdmission>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn);
            return new(turn.Task);
        }
    }

    public void Exit()
    {
        TaskCompletionSource<TurnAdmission>? next = null;
        lock (this)
        {
            if (waiting is null || !waiting.TryDequeue(out next))
            {
                held = false;
                waiting = null;
            }
        }

        next?.SetResult(TurnAdmission.Admitted);
    }

    /// <summary>Retires the gate unless somebody holds it.</summary>
    public bool TryRetire()
    {
        lock (this)
        {
            if (held) return false;
            retired = true;
            return true;
        }
    }
}

internal enum TurnAdmission
{
    Admitted,
    Full,
    Retired,
}
