using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Grains;

/// <summary>The durable part of <see cref="OfferGrain"/>, in Orleans' own storage.</summary>
[GenerateSerializer, Alias("orleans_billing.offer_state")]
internal sealed record OfferState
{
    /// <summary>The newest version known; 0 for none.</summary>
    [Id(0)]
    public int Newest { get; set; }
}

/// <summary>
/// Tells every gateway at once when an offer has a new version. The catalog's rows are the truth; this is a pointer to the
/// newest of them that spares each gateway a look at the table. A pointer that was not moved, because the gateway died
/// between the two steps, is put right by the look that it takes itself whenever it becomes live.
/// </summary>
[RingPlacement, GrainType("orleans_billing.offer")]
internal sealed class OfferGrain([PersistentState("offer")] IPersistentState<OfferState> state, SiloRuntime silo) : Grain, IOfferGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stored = await silo.Stores.Catalog.FindOfferAsync(this.GetPrimaryKeyString(), null, cancellationToken);
        if (stored is not null) await AddedAsync(stored.Version);
    }

    public Task<int?> NewestAsync() => Task.FromResult<int?>(state.State.Newest == 0 ? null : state.State.Newest);

    public async Task AddedAsync(int version)
    {
        if (version <= state.State.Newest) return;
        state.State.Newest = version;
        await state.WriteStateAsync();
    }
}
