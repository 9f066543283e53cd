using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("OrleansBilling.Silo.Tests.Given.ClusterTestFramework", "OrleansBilling.Silo.Tests")]

namespace OrleansBilling.Silo.Tests.Given;

/// <summary>Stops the shared database server after the last test of the assembly.</summary>
public sealed class ClusterTestFramework : XunitTestFramework
{
    public ClusterTestFramework(IMessageSink messageSink)
        : base(messageSink) => DisposalTracker.Add(SharedPostgres.Instance);
}
