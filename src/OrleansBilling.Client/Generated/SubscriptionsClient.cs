// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class SubscriptionsClient
{
    private readonly ApiTransport api;

    internal SubscriptionsClient(ApiTransport api) => this.api = api;

    /// <summary>Shows a subscription, now or as it was.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> GetAsync(
        string id, SubscriptionsGetQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/subscriptions/{ApiPath.Segment(id)}").ToString()),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Changes the metadata.</summary>
    /// <remarks>
    /// In every status, also after the end. Changes of different names at the same time lose nothing. For administrators
    /// and sellers.
    /// </remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> UpdateAsync(
        string id, SubscriptionPatchBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Patch, $"/v1/subscriptions/{ApiPath.Segment(id)}",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.SubscriptionPatchBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Lists subscriptions.</summary>
    /// <remarks>
    /// Ordered by id, the list shows everything that was acknowledged before. In another order, a change is found within a
    /// second; what is shown is always as it is now. Ordered by next_billing_at or canceled_at, it has only those with such
    /// an instant. A range is in the order of its field, and so are payment_token and metadata in that of created_at. While
    /// the orders are derived again from the events, they answer 503 rebuilding. For administrators, sellers and customers.
    /// </remarks>
    public IAsyncEnumerable<Subscription> ListAsync(
        SubscriptionsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListPageAsync(
                (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists subscriptions.</summary>
    public Task<SubscriptionPage> ListPageAsync(
        SubscriptionsListQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At("/v1/subscriptions").ToString()),
            options, ApiJson.Default.SubscriptionPage, cancellationToken);

    /// <summary>Starts a subscription.</summary>
    /// <remarks>
    /// With the header Prefer: wait=10 it answers when the outcome of the first payment is known, or after ten seconds (at
    /// most 30). Without it, and when the time is over, a subscription that must be paid first is pending. For
    /// administrators and sellers.
    /// </remarks>
    public Task<Subscription> CreateAsync(
        SubscribeBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/subscriptions",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.SubscribeBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Cancels now or at period end.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> CancelAsync(
        string id, CancelBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/cancel",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.CancelBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Undoes a cancellation that has not happened yet.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> UncancelAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/uncancel",
                TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Resumes the paid period of a canceled or expired subscription, or starts a new first period.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> ReactivateAsync(
        string id, ReactivateBody? body = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/reactivate",
                body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ReactivateBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Retries the oldest overdue invoice at once.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> RetryAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/retry",
                TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Ends the trial now; the first paid period starts.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> EndTrialAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/end-trial",
                TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Moves the end of the trial to a later time.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> ExtendTrialAsync(
        string id, ExtendTrialBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/extend-trial",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ExtendTrialBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Changes the payment method; overdue invoices are retried at once.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> ChangePaymentMethodAsync(
        string id, ChangePaymentMethodBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/payment-method",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ChangePaymentMethodBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Changes offer, quantity or add-ons, now (prorated) or at period end.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> ChangePlanAsync(
        string id, ChangePlanBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/change-plan",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ChangePlanBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Undoes a plan change that has not happened yet.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> UndoPlanChangeAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/undo-plan-change",
                TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Pauses now or at period end; nothing is invoiced during the pause.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> PauseAsync(
        string id, PauseBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/pause",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.PauseBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Ends a pause, or undoes one that has not started.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> ResumeAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/resume",
                TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Moves the next charge; the time in between is prorated.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> ChangeBillingDateAsync(
        string id, BillingDateBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/billing-date",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.BillingDateBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Redeems a coupon, starting with the next recurrence.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> ApplyCouponAsync(
        string id, ApplyCouponBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/apply-coupon",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ApplyCouponBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Issues a new voucher for one that expired.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> IssueVoucherAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/voucher",
                TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Makes the next recurrences free.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> GiveAsync(
        string id, GiveBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/give",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.GiveBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Records metered usage; events that were recorded before change nothing.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> RecordUsageAsync(
        string id, UsageBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/usage",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.UsageBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Shows the usage of a period by meter, and its events.</summary>
    /// <remarks>
    /// An event belongs to the period in which it came; one that happened before it is late. The events are listed in the
    /// order in which they came. For administrators, sellers and customers.
    /// </remarks>
    /// <param name="id">The id of the subscription.</param>
    public IAsyncEnumerable<UsageEvent> GetUsageAsync(
        string id, SubscriptionsGetUsageQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => GetUsagePageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: shows the usage of a period by meter, and its events.</summary>
    public Task<PeriodUsage> GetUsagePageAsync(
        string id, SubscriptionsGetUsageQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/subscriptions/{ApiPath.Segment(id)}/usage").ToString()),
            options, ApiJson.Default.PeriodUsage, cancellationToken);

    /// <summary>Shows the invoice that a plan change would create.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<InvoicePreview> PreviewPlanChangeAsync(
        string id, ChangePlanBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/change-plan/preview",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ChangePlanBody)),
            options, ApiJson.Default.InvoicePreview, cancellationToken);

    /// <summary>Shows the next invoice if the billing date were moved.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<InvoicePreview> PreviewBillingDateAsync(
        string id, BillingDateBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/billing-date/preview",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.BillingDateBody)),
            options, ApiJson.Default.InvoicePreview, cancellationToken);

    /// <summary>Shows the next invoice as things stand.</summary>
    /// <remarks>
    /// With the usage, discounts, credit and changes that are known now. There is none for a subscription that ends or
    /// rests. For administrators, sellers and customers.
    /// </remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<InvoicePreview> GetUpcomingInvoiceAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, $"/v1/subscriptions/{ApiPath.Segment(id)}/upcoming-invoice"),
            options, ApiJson.Default.InvoicePreview, cancellationToken);

    /// <summary>Asks for an offer instead of a cancellation.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<RetentionAnswer> AskRetentionAsync(
        string id, AskRetentionBody? body = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/retention",
                body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.AskRetentionBody), TakesKey: true),
            options, ApiJson.Default.RetentionAnswer, cancellationToken);

    /// <summary>Accepts the retention offer and undoes a scheduled cancellation.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<Subscription> AcceptRetentionAsync(
        string id,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/retention/accept",
                TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Lists a subscription's invoices, oldest first.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public IAsyncEnumerable<Invoice> ListInvoicesAsync(
        string id, SubscriptionsListInvoicesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListInvoicesPageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists a subscription's invoices, oldest first.</summary>
    public Task<InvoicePage> ListInvoicesPageAsync(
        string id, SubscriptionsListInvoicesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/subscriptions/{ApiPath.Segment(id)}/invoices").ToString()),
            options, ApiJson.Default.InvoicePage, cancellationToken);

    /// <summary>Refunds money of an invoice, to the payment method or as credit.</summary>
    /// <remarks>For administrators and sellers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    /// <param name="number">The invoice's number within the subscription, the last part of its id.</param>
    public Task<Subscription> RefundInvoiceAsync(
        string id, int number, RefundBody? body = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/invoices/{ApiPath.Segment(number)}/refund",
                body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.RefundBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Lists the credit notes of a subscription's invoices, oldest first.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public IAsyncEnumerable<CreditNote> ListCreditNotesAsync(
        string id, SubscriptionsListCreditNotesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListCreditNotesPageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists the credit notes of a subscription's invoices, oldest first.</summary>
    public Task<CreditNotePage> ListCreditNotesPageAsync(
        string id, SubscriptionsListCreditNotesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/subscriptions/{ApiPath.Segment(id)}/credit-notes").ToString()),
            options, ApiJson.Default.CreditNotePage, cancellationToken);

    /// <summary>Lists a subscription's chargebacks, oldest first.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public IAsyncEnumerable<Chargeback> ListChargebacksAsync(
        string id, SubscriptionsListChargebacksQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListChargebacksPageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists a subscription's chargebacks, oldest first.</summary>
    public Task<ChargebackPage> ListChargebacksPageAsync(
        string id, SubscriptionsListChargebacksQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/subscriptions/{ApiPath.Segment(id)}/chargebacks").ToString()),
            options, ApiJson.Default.ChargebackPage, cancellationToken);

    /// <summary>Lists what happened to a subscription, oldest first.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public IAsyncEnumerable<Event> ListEventsAsync(
        string id, SubscriptionsListEventsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListEventsPageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists what happened to a subscription, oldest first.</summary>
    public Task<EventPage> ListEventsPageAsync(
        string id, SubscriptionsListEventsQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/subscriptions/{ApiPath.Segment(id)}/events").ToString()),
            options, ApiJson.Default.EventPage, cancellationToken);

    /// <summary>Sends a message between the customer and the seller.</summary>
    /// <remarks>
    /// In every status, also after the end. A subscription may have at most 1,000 messages. For administrators, sellers and
    /// customers.
    /// </remarks>
    /// <param name="id">The id of the subscription.</param>
    public Task<SubscriptionMessage> SendMessageAsync(
        string id, SubscriptionMessageBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, $"/v1/subscriptions/{ApiPath.Segment(id)}/messages",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.SubscriptionMessageBody), TakesKey: true),
            options, ApiJson.Default.SubscriptionMessage, cancellationToken);

    /// <summary>Lists the messages between the customer and the seller, oldest first.</summary>
    /// <remarks>For administrators, sellers and customers.</remarks>
    /// <param name="id">The id of the subscription.</param>
    public IAsyncEnumerable<SubscriptionMessage> ListMessagesAsync(
        string id, SubscriptionsListMessagesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Pages.ReadAsync(
            query?.Cursor,
            (cursor, token) => ListMessagesPageAsync(
                id, (query ?? new()) with { Cursor = cursor }, options, token),
            page => page.Data, page => page.NextCursor, cancellationToken);

    /// <summary>One page: lists the messages between the customer and the seller, oldest first.</summary>
    public Task<SubscriptionMessagePage> ListMessagesPageAsync(
        string id, SubscriptionsListMessagesQuery? query = null,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Get, (query ?? new()).At($"/v1/subscriptions/{ApiPath.Segment(id)}/messages").ToString()),
            options, ApiJson.Default.SubscriptionMessagePage, cancellationToken);
}
