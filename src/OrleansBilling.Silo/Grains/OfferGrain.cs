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
/// Tells every gateway at once when an offer has a new version. The catalog's rows are the truth. This grain only points to
/// the newest row and saves each gateway a query. If a gateway stops between writing the row and moving the pointer, the
/// grain corrects the pointer at its next activation.
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
