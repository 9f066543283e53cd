using System.Runtime.CompilerServices;
using OrleansBilling.Testing;
using Xunit.Sdk;
using Xunit.v3;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>A test that runs against every kind of database, and is skipped for those not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(StorageFactDiscoverer))]
public sealed class StorageFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
    : FactAttribute(file, line);

/// <summary>Marks the classes whose tests need PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPostgresAttribute : Attribute;

/// <summary>Decides per class, because all databases inherit the same tests.</summary>
public sealed class StorageFactDiscoverer : FactDiscoverer
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        PostgresServer.SkipReason is { } reason && testMethod.TestClass.Class.IsDefined(typeof(RequiresPostgresAttribute), inherit: true)
            ? base.CreateTestCase(discoveryOptions, testMethod, new FactAttribute { Skip = reason })
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}
