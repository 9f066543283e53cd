namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>Whoever looks at the invoices again after the events that are said to change them knows them all.</summary>
public sealed class InvoiceListLaws(LawBook laws)
{
    private readonly List<Invoice> invoices = [];

    public void Read(SubscriptionEvent e)
    {
        var before = invoices.ToArray();
        InvoiceBook.Apply(invoices, e);
        laws.Require(
            InvoiceBook.IsChangedBy(e) || before.SequenceEqual(invoices), $"{e.GetType().Name} is said to leave the invoices as they are");
    }
}
