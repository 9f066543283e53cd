using OrleansBilling.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace OrleansBilling.Storage.Tests.Given;

/// <summary>A test that runs against every kind of database, and is skipped for those not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("OrleansBilling.Storage.Tests.Given.StorageFactDiscoverer", "OrleansBilling.Storage.Tests")]
public sealed class StorageFactAttribute : FactAttribute;

/// <summary>Marks the classes whose tests need PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPostgresAttribute : Attribute;

/// <summary>Decides per class, because all databases inherit the same tests.</summary>
public sealed class StorageFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        PostgresServer.SkipReason is not null &&
            testMethod.TestClass.Class.GetCustomAttributes(typeof(RequiresPostgresAttribute).AssemblyQualifiedName).Any()
            ? new SkippedTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod)
            : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

/// <summary>A test that is reported as skipped, with the reason.</summary>
public sealed class SkippedTestCase : XunitTestCase
{
    [Obsolete("For the deserializer only.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(
        IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions displayOptions, ITestMethod testMethod)
        : base(messages, display, displayOptions, testMethod)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute) => PostgresServer.SkipReason;
}
