namespace OrleansBilling.Runtime.Telemetry;

/// <summary>The id of the HTTP request that the running code works for. The JSON log has it (<see cref="LogFacts"/>).</summary>
public static class RequestScope
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>The id; null outside of a request. A value that an asynchronous method sets ends with that method.</summary>
    public static string? Id
    {
        get => Current.Value;
        set => Current.Value = value;
    }
}
