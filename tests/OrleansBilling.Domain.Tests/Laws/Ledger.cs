namespace OrleansBilling.Domain.Tests.Laws;

/// <summary>The accounts after all postings: balanced, and consistent with what the state says is owed and was paid.</summary>
public sealed class Ledger
{
    private readonly Dictionary<Account, long> balances = Enum.GetValues<Account>().ToDictionary(account => account, _ => 0L);

    public void Book(SubscriptionEvent e, LawBook laws)
    {
        var postings = Postings.Of(e);
        laws.Require(postings.Sum(posting => posting.Amount) == 0, "the postings of an event sum to zero");
        foreach (var posting in postings) balances[posting.Account] += posting.Amount;
    }

    public void Hold(Subscription state, LawBook laws)
    {
        laws.Require(
            balances[Account.Receivable] == state.OpenInvoices.Sum(invoice => invoice.Total - invoice.Paid),
            "the receivable is what the open invoices owe");
        laws.Require(
            -balances[Account.CustomerCredit] == state.Credit, "no credit is lost: what was granted is what was consumed and what is left");
        laws.Require(balances[Account.Distribution] + balances[Account.Payable] == 0, "what is shared out is owed to parties");
        laws.Require(
            -balances[Account.Payable] <= balances[Account.Provider] || state.Credit > 0 || state.CreditNoteCount > 0,
            "parties share no more than was collected");
        laws.Require(balances[Account.Provider] == state.LifetimePaid, "the provider holds what was collected less what was given back");
    }
}
