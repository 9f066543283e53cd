using System.Reflection;
using Orleans.CodeGeneration;
using OrleansBilling.Silo.Client;

namespace OrleansBilling.Silo.Tests;

/// <summary>Whatever crosses between processes has a name and a version of its own, not those that a refactoring would change.</summary>
public sealed class WireNamesTests
{
    private static readonly Type[] Types = typeof(ClusterHost).Assembly.GetTypes();

    [Fact]
    public void Every_message_and_state_has_an_alias()
    {
        var messages = Types.Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null).ToList();
        Assert.NotEmpty(messages);
        Assert.All(
            messages, type =>
                Assert.StartsWith("orleans_billing.", type.GetCustomAttribute<AliasAttribute>()?.Alias ?? "", StringComparison.Ordinal));
        Assert.Distinct(messages.Select(type => type.GetCustomAttribute<AliasAttribute>()!.Alias));
    }

    [Fact]
    public void Every_grain_interface_has_an_alias_and_a_version_and_each_method_an_alias()
    {
        var interfaces = Types.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain))).ToList();
        Assert.NotEmpty(interfaces);
        Assert.All(interfaces, type =>
        {
            Assert.StartsWith("orleans_billing.", type.GetCustomAttribute<AliasAttribute>()?.Alias ?? "", StringComparison.Ordinal);
            Assert.NotNull(type.GetCustomAttribute<VersionAttribute>());
            Assert.All(type.GetMethods(), method => Assert.NotNull(method.GetCustomAttribute<AliasAttribute>()));
        });
    }

    [Fact]
    public void Every_grain_has_a_type_name() =>
        Assert.All(
            Types.Where(type => type.IsAssignableTo(typeof(Grain))), type => Assert.NotNull(type.GetCustomAttribute<GrainTypeAttribute>()));
}
