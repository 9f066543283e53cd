using OrleansBilling.Gateway.Hosting;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>What stands behind a gateway under test: here nothing, for it is its own host. The tests of the cluster put silos in this place.</summary>
internal sealed class TestRuntime : IAsyncDisposable
{
    /// <summary>What the gateway is to be told about it.</summary>
    public IReadOnlyList<string> Settings { get; } = [];

    /// <summary>Opens what stands behind a gateway with its data in <paramref name="directory"/>.</summary>
    public static Task<TestRuntime> OpenAsync(string directory, IReadOnlyList<string> settings) => Task.FromResult(new TestRuntime());

    /// <summary>Completes when the gateway can work.</summary>
    public static Task ReadyAsync(GatewayHost gateway) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
