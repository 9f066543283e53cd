namespace OrleansBilling.Silo.Hosting;

/// <summary>How a gateway reaches grains: through the silo in its own process, or over connections to silos elsewhere.</summary>
internal interface IClusterLink : IAsyncDisposable
{
    /// <summary>The way to grains; null as long as there is none.</summary>
    IGrainFactory? Grains { get; }

    /// <summary>Completes when there is a way for the first time.</summary>
    Task WhenConnectedAsync(CancellationToken cancellationToken);

    /// <summary>Begins to look for silos; returns at once.</summary>
    void Start();
}
