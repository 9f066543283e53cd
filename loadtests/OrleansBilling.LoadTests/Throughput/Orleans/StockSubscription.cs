namespace OrleansBilling.LoadTests.Throughput.Orleans;

/// <summary>A subscription as it would be with nothing but Orleans: its state, in Orleans' own grain storage.</summary>
[Alias("load_tests.stock_subscription")]
internal interface IStockSubscription : IGrainWithStringKey
{
    [Alias("change_payment_method")]
    Task ChangePaymentMethodAsync(string token);
}

/// <summary>Writes its whole state at every command. No event, no due time and no counter come with it.</summary>
[GrainType("load_tests.stock_subscription")]
internal sealed class StockSubscription(
    [PersistentState("subscription", StockSilo.StorageName)] IPersistentState<StockState> stored, StockSnapshot snapshot) : Grain,
        IStockSubscription
{
    public Task ChangePaymentMethodAsync(string token)
    {
        stored.State = new StockState { Token = token, Snapshot = snapshot.Text };
        return stored.WriteStateAsync();
    }
}

/// <summary>What is stored: as many bytes as a snapshot of ours, none of which JSON would have to escape.</summary>
[GenerateSerializer, Alias("load_tests.stock_state")]
internal sealed class StockState
{
    [Id(0)]
    public string? Token { get; set; }

    [Id(1)]
    public string? Snapshot { get; set; }
}

/// <summary>The text that every grain stores.</summary>
internal sealed record StockSnapshot(string Text);
