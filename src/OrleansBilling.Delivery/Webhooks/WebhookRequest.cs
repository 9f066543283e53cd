namespace OrleansBilling.Delivery.Webhooks;

/// <summary>One delivery to one endpoint.</summary>
/// <param name="Url">Of the endpoint. It is checked again before anything is sent.</param>
/// <param name="Id">Of the event, the same at every try: receivers know by it what they have seen.</param>
/// <param name="Body">JSON, the same bytes at every try.</param>
/// <param name="Secrets">Those that are valid now: during a rotation two, the new one first.</param>
public sealed record WebhookRequest(Uri Url, string Id, ReadOnlyMemory<byte> Body, IReadOnlyList<WebhookSecret> Secrets);
