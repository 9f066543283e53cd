using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansBilling.Silo.Placement;

/// <summary>Places a grain on the silo that its key names.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.named_silo_placement")]
internal sealed class NamedSiloPlacement : PlacementStrategy;

/// <summary>Marks grains of which each silo has its own, keyed by the silo's address.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NamedSiloPlacementAttribute() : PlacementAttribute(new NamedSiloPlacement());

/// <summary>Finds the silo that is named, or none.</summary>
internal sealed class NamedSiloPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var named = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return Array.IndexOf(context.GetCompatibleSilos(target), named) >= 0
            ? Task.FromResult(named)
            : throw new SiloUnavailableException($"Silo {named} is not active.");
    }
}
