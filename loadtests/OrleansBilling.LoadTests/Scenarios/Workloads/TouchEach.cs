namespace OrleansBilling.LoadTests.Scenarios.Workloads;

/// <summary>One change of payment method for each subscription, which brings all of them into memory.</summary>
internal sealed class TouchEach(int count) : IWorkload
{
    public LoadCommand? Next(long number) => number < count ? new LoadCommand(LoadKind.PaymentMethod, (int)number, Token: "tok_ok") : null;
}
