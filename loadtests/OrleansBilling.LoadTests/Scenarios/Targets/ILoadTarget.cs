using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Workloads;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>Takes commands: a runtime in this process, a gateway by requests, or a gateway by lines.</summary>
internal interface ILoadTarget : IAsyncDisposable
{
    /// <summary>Sends a command and waits for the answer.</summary>
    /// <exception cref="LoadTestException">The answer is malformed.</exception>
    ValueTask<CommandAnswer> SendAsync(LoadCommand command);
}
