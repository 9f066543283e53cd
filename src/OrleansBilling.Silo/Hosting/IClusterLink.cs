namespace OrleansBilling.Silo.Hosting;

/// <summary>How a gateway reaches grains: through the silo in its own process, or over connections to silos elsewhere.</summary>
internal interface IClusterLink : IAsyncDisposable
{
    /// <summary>Access to grains; null while no silo is reachable.</summary>
    IGrainFactory? Grains { get; }

    /// <summary>Whether a silo was reached and has answered lately.</summary>
    bool IsReachable { get; }

    /// <summary>Fires when the next silo is lost.</summary>
    CancellationToken NextLoss { get; }

    /// <summary>Whether a grain lives in this process.</summary>
    bool IsHere(GrainId grain);

    /// <summary>Completes when a silo is reachable for the first time.</summary>
    Task WhenConnectedAsync(CancellationToken cancellationToken);

    /// <summary>Starts to look for silos and returns immediately.</summary>
    void Start();
}
