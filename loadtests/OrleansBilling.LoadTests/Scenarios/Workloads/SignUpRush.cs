namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>Nothing but new subscriptions, with a first charge each.</summary>
/// <param name="first">The number of the first new one.</param>
internal sealed class SignUpRush(int first) : IWorkload
{
    public LoadCommand? Next(long number) => new LoadCommand(LoadKind.Subscribe, checked(first + (int)number), Token: "tok_ok");
}
