using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Calls;

/// <summary>
/// References to subscription grains. <c>GetGrain&lt;T&gt;(key)</c> reads the attributes of the interface by reflection at each
/// call, 5 % of a command's processor time (Orleans 10.4). So the types are looked up once.
/// </summary>
internal sealed class SubscriptionReferences
{
    private volatile GrainKind? kind;

    /// <summary>The grain of a subscription.</summary>
    public ISubscriptionGrain Find(IGrainFactory grains, string subscriptionId)
    {
        if (kind is { } known && ReferenceEquals(known.Grains, grains))
            return (ISubscriptionGrain)grains.GetGrain(GrainId.Create(known.Type, subscriptionId), known.Interface);
        var first = grains.GetGrain<ISubscriptionGrain>(subscriptionId);
        kind = new GrainKind(grains, first.GetGrainId().Type, ((GrainReference)first).InterfaceType);
        return first;
    }

    private sealed record GrainKind(IGrainFactory Grains, GrainType Type, GrainInterfaceType Interface);
}
