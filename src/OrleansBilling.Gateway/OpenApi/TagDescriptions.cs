using Microsoft.OpenApi;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>The groups of operations in the order of the API reference: what is used every day comes first.</summary>
internal static class TagDescriptions
{
    private static readonly (string Name, string Description)[] All =
    [
        ("Catalog", "What sellers sell: products, their plans, offers with prices, and coupons."),
        ("Subscriptions", "Subscriptions, the commands that change them, and their invoices, credit notes, chargebacks and events."),
        ("Invoices", "The invoices, credit notes and chargebacks of all subscriptions."),
        ("Sellers", "Who sells, as documents, mails and pages name the seller."),
        ("Customers", "The people and companies that subscribe. What is corrected here is corrected in all of their subscriptions."),
        ("Search", "One field for whoever knows something of a subscription, a customer or an invoice."),
        ("Payments", "Reports from the payment provider: how charges ended, and chargebacks."),
        ("Money", "What sellers, the platform, co-producers and affiliates are owed, and every movement of it."),
        ("Events", "What happened to all subscriptions, in one order that never changes."),
        ("Webhooks", "Addresses that events are sent to, as Standard Webhooks and in order per subscription."),
        ("Messages", "Messages that wait for a program that delivers them."),
        ("Statistics", "Cancellations, churn, recurring revenue, cohorts and forecasts. They equal a recomputation from the journal."),
        ("Simulations", "What other prices or another dunning policy would do to the present book."),
        ("Keys", "API keys of administrators, sellers and partners, and short-lived tokens of customers."),
        ("Console", "Sign-in to the pages for sellers, partners and operators."),
        ("Clock", "The virtual clock of a test installation."),
        ("Operation", "For operators: the silos, and subscriptions whose due work fails."),
        ("Health", "Whether the process is alive and ready."),
        ("Root", "The address of the installation."),
    ];

    public static void Describe(OpenApiDocument document) =>
        document.Tags = All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
}
