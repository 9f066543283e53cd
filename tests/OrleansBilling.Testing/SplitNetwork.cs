namespace OrleansBilling.Testing;

/// <summary>
/// Two networks with a cable between them: most of the machines, and one that can be cut off. While the cable is out, packets are
/// dropped in both directions and nobody is told.
/// </summary>
public sealed class SplitNetwork : IAsyncDisposable
{
    /// <summary>The address of all machines but one.</summary>
    public const string MainAddress = "10.231.7.1";

    /// <summary>The address of the machine that can be cut off.</summary>
    public const string FarAddress = "10.231.7.2";

    /// <summary>Both addresses.</summary>
    public const string Addresses = "10.231.7.0/24";

    private const string MainHardware = "02:00:00:00:07:01";
    private const string FarHardware = "02:00:00:00:07:02";

    private SplitNetwork(NetworkNamespace main, NetworkNamespace far)
    {
        Main = main;
        Far = far;
    }

    public NetworkNamespace Main { get; }

    public NetworkNamespace Far { get; }

    public static async Task<SplitNetwork> MakeAsync()
    {
        var main = await NetworkNamespace.MakeAsync("main");
        var network = new SplitNetwork(main, await NetworkNamespace.MakeAsync("far"));
        try
        {
            await network.ConnectAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the cable out.</summary>
    public Task CutAsync() => Main.ConfigureAsync("link", "set", "cable", "down");

    /// <summary>Plugs the cable in again.</summary>
    public Task RestoreAsync() => Main.ConfigureAsync("link", "set", "cable", "up");

    public async ValueTask DisposeAsync()
    {
        await Far.DisposeAsync();
        await Main.DisposeAsync();
    }

    /// <summary>
    /// The cable ends in a bridge, so that the main machines keep their address and routes when it is out. Hardware addresses are
    /// fixed, so that senders do not learn from a missing answer that the other one is gone.
    /// </summary>
    private async Task ConnectAsync()
    {
        await Main.ConfigureAsync("link", "add", "bridge", "type", "bridge");
        await Main.ConfigureAsync("link", "set", "bridge", "address", MainHardware, "up");
        await Main.ConfigureAsync("link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", Far.Name);
        await Main.ConfigureAsync("link", "set", "cable", "master", "bridge", "up");
        await Main.ConfigureAsync("address", "add", $"{MainAddress}/24", "dev", "bridge");
        await Main.ConfigureAsync("neighbor", "add", FarAddress, "lladdr", FarHardware, "dev", "bridge", "nud", "permanent");
        await Far.ConfigureAsync("link", "set", "cable", "address", FarHardware, "up");
        await Far.ConfigureAsync("address", "add", $"{FarAddress}/24", "dev", "cable");
        await Far.ConfigureAsync("neighbor", "add", MainAddress, "lladdr", MainHardware, "dev", "cable", "nud", "permanent");
    }
}
