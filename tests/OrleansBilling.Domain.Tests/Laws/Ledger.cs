using System.Collections.Immutable;

namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>The accounts after all postings: balanced, and in step with what the state says is owed and was paid.</summary>
public sealed class Ledger
{
    private readonly Dictionary<Account, long> balances = Enum.GetValues<Account>().ToDictionary(account => account, _ => 0L);

    public void Book(SubscriptionEvent e, LawBook laws)
    {
        ImmutableArray<Posting> postings = e switch
        {
            SubscriptionEvent.RecurrenceStarted x => x.Postings,
            SubscriptionEvent.ChargeSucceeded x => x.Postings,
            SubscriptionEvent.Canceled x => x.Postings,
            SubscriptionEvent.Expired x => x.Postings,
            SubscriptionEvent.InvoiceClosed x => x.Postings,
            SubscriptionEvent.RefundSucceeded x => x.Postings,
            _ => [],
        };
        laws.Require(postings.Sum(posting => posting.Amount) == 0, "the postings of an event sum to zero");
        foreach (var posting in postings) balances[posting.Account] += posting.Amount;
    }

    public void Hold(Subscription state, LawBook laws)
    {
        laws.Require(balances[Account.Receivable] == state.OpenInvoices.Sum(invoice => invoice.Total), "the receivable is what the open invoices owe");
        laws.Require(balances[Account.Provider] == state.LifetimePaid, "the provider holds what was collected less what was given back");
    }
}
