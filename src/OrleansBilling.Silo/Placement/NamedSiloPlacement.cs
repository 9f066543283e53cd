using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansBilling.Silo.Placement;

/// <summary>Places a grain on the silo that its key names.</summary>
[GenerateSerializer, Immutable, Alias("orleans_billing.named_silo_placement")]
internal sealed class NamedSiloPlacement : PlacementStrategy;

/// <summary>Marks grains that exist once per silo, keyed by the silo's address.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NamedSiloPlacementAttribute() : PlacementAttribute(new NamedSiloPlacement());

/// <summary>Finds the named silo. Throws if it is not active.</summary>
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
