using OrleansBilling.Runtime.Clock;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Webhooks;

namespace OrleansBilling.Delivery.Webhooks;

/// <summary>What the endpoints of a process share.</summary>
/// <param name="Clock">Operational time, also where business time is virtual: receivers and their time-outs live in it.</param>
/// <param name="Time">The same, to wait.</param>
internal sealed record SendingParts(
    IEventFeed Feed, IEventRenderer Renderer, LiveEvents Live, WebhookSender Sender, ProgressWriter Progress, SendingSlots Slots,
    ISecretBox Secrets, NodaTime.IClock Clock, TimeProvider Time, Dice Dice);
