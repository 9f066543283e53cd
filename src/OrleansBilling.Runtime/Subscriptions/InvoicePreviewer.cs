using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Shows what a command would bill, based on the stored state and computed by the code that will bill it. Nothing is
/// changed. A preview and a bill at the same instant are equal to the cent.
/// </summary>
public sealed class InvoicePreviewer(SubscriptionReader reader, IClock clock)
{
    /// <summary>
    /// The invoice that a command would produce, or why it would be refused. Ownership is
    /// checked as for the command itself.
    /// </summary>
    /// <exception cref="Journal.JournalUnavailableException">The database does not answer.</exception>
    public async ValueTask<PreviewedInvoice> PreviewAsync(
        string subscriptionId, SubscriptionCommand command, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await reader.FindAsync(subscriptionId, cancellationToken) is not { } view)
            return new PreviewedInvoice(null, new InvoicePreview(Refusal.NotFound, null, null));
        var context = new DecisionContext(Instant.Max(clock.GetCurrentInstant(), view.State.UpdatedAt), view.Terms, caller)
        {
            ScheduledTerms = await reader.ScheduledTermsOfAsync(view.State, cancellationToken),
        };
        return new PreviewedInvoice(view, SubscriptionDecider.Preview(view.State, command, context));
    }
}

/// <summary>A preview and the subscription that it is based on.</summary>
/// <param name="View">The current subscription; null when there is none.</param>
/// <param name="Preview">What would be billed, or why nothing can be billed.</param>
public readonly record struct PreviewedInvoice(SubscriptionView? View, InvoicePreview Preview);
