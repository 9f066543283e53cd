namespace OrleansBilling.LoadTests.Throughput.Orleans;

/// <summary>A subscription with Orleans alone: its state is in Orleans' own grain storage.</summary>
[Alias("load_tests.stock_subscription")]
internal interface IStockSubscription : IGrainWithStringKey
{
    [Alias("change_payment_method")]
    Task ChangePaymentMethodAsync(string token);
}

/// <summary>Writes its whole state for every command, without event, due time or counter.</summary>
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

/// <summary>The stored state. It has as many bytes as one of our snapshots, and JSON needs to escape none of them.</summary>
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
