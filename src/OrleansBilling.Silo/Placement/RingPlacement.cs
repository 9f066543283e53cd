using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansBilling.Silo.Placement;

/// <summary>Places a grain on the silo that <see cref="Ring"/> selects.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.ring_placement")]
internal sealed class RingPlacement : PlacementStrategy;

/// <summary>Marks grains that are placed by <see cref="Ring"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RingPlacementAttribute() : PlacementAttribute(new RingPlacement());

/// <summary>Asks <see cref="Ring"/>. Orleans does not offer silos that are shutting down.</summary>
internal sealed class RingPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(Ring.SiloOf(target.GrainIdentity, [.. context.GetCompatibleSilos(target)]));
}
