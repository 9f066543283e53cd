namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>Only new subscriptions, each with a first charge.</summary>
/// <param name="first">The number of the first new subscription.</param>
internal sealed class SignUpRush(int first) : IWorkload
{
    public LoadCommand? Next(long number) => new LoadCommand(LoadKind.Subscribe, checked(first + (int)number), Token: "tok_ok");
}
