namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>One change of payment method per subscription, which loads all of them into memory.</summary>
internal sealed class TouchEach(int count) : IWorkload
{
    public LoadCommand? Next(long number) => number < count ? new LoadCommand(LoadKind.PaymentMethod, (int)number, Token: "tok_ok") : null;
}
