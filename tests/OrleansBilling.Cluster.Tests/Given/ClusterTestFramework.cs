using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("OrleansBilling.Cluster.Tests.Given.ClusterTestFramework", "OrleansBilling.Cluster.Tests")]

namespace OrleansBilling.Cluster.Tests.Given;

/// <summary>Ends the shared database server when the last test of the assembly is over.</summary>
public sealed class ClusterTestFramework : XunitTestFramework
{
    public ClusterTestFramework(IMessageSink messageSink)
        : base(messageSink) => DisposalTracker.Add(SharedPostgres.Instance);
}
