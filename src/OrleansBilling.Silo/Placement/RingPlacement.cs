using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansBilling.Silo.Placement;

/// <summary>Places a grain where the ring says.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.ring_placement")]
internal sealed class RingPlacement : PlacementStrategy;

/// <summary>Marks grains that are placed where the ring says.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RingPlacementAttribute() : PlacementAttribute(new RingPlacement());

/// <summary>Asks the ring. Silos that are leaving are not among those that Orleans offers.</summary>
internal sealed class RingPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(Ring.SiloOf(target.GrainIdentity, [.. context.GetCompatibleSilos(target)]));
}
