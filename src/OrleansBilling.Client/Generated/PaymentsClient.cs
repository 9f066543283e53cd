// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
using System.Text.Json;
using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class PaymentsClient
{
    private readonly ApiTransport api;

    internal PaymentsClient(ApiTransport api) => this.api = api;

    /// <summary>Reports how a charge ended: a voucher was paid or will not be.</summary>
    /// <remarks>For administrators.</remarks>
    public Task<Subscription> ConfirmAsync(
        ConfirmPaymentBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/payments/confirm",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ConfirmPaymentBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);

    /// <summary>Reports a chargeback by the customer's bank, or how its dispute ended.</summary>
    /// <remarks>For administrators.</remarks>
    public Task<Subscription> ChargeBackAsync(
        ChargebackBody body,
        CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(
                HttpMethod.Post, "/v1/payments/chargebacks",
                JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.ChargebackBody), TakesKey: true),
            options, ApiJson.Default.Subscription, cancellationToken);
}
