using System.Security.Cryptography;
using OrleansBilling.Delivery.Outbound;
using OrleansBilling.Delivery.Webhooks;

namespace OrleansBilling.Delivery.Tests.Harness;

/// <summary>One delivery, as short as a test wants it.</summary>
internal static class Sending
{
    public static readonly WebhookSecret Secret = WebhookSecret.New(RandomNumberGenerator.Fill);

    public static readonly OutboundOptions Private = new() { AllowPrivate = true };

    public static ReadOnlyMemory<byte> Body { get; } = """{"id":"evt_01","type":"subscription.renewed"}"""u8.ToArray();

    public static WebhookRequest To(Uri url) => new(url, "evt_01", Body, [Secret]);

    public static async Task<DeliveryOutcome> OnceAsync(Uri url, OutboundOptions? options = null)
    {
        using var client = new OutboundClient(options ?? Private, TimeProvider.System);
        return await new WebhookSender(client, TimeProvider.System).SendAsync(To(url), CancellationToken.None);
    }

    public static async Task<NoAnswerReason> ReasonAsync(Uri url, OutboundOptions? options = null) =>
        Assert.IsType<DeliveryOutcome.NoAnswer>(await OnceAsync(url, options)).Reason;
}
