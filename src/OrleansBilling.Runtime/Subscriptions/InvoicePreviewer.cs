using NodaTime;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Subscriptions;

/// <summary>
/// Shows what a command would bill, on what is stored now and by the code that will bill it; nothing happens. A preview
/// and a bill of the same instant are equal to the cent.
/// </summary>
public sealed class InvoicePreviewer(SubscriptionReader reader, IClock clock)
{
    /// <summary>The invoice that a command would make, or why it would be refused; ownership is judged as for the command itself.</summary>
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

/// <summary>A preview, and what it was made of.</summary>
/// <param name="View">The subscription as it stands; null where there is none.</param>
/// <param name="Preview">What would be billed, or why nothing can be.</param>
public readonly record struct PreviewedInvoice(SubscriptionView? View, InvoicePreview Preview);
