using System.Reflection;
using Newtonsoft.Json;
using Orleans.CodeGeneration;
using Orleans.Serialization;
using OrleansBilling.Silo.Client;
using OrleansBilling.Silo.Grains;
using OrleansBilling.Silo.Hosting;

namespace OrleansBilling.Silo.Tests;

/// <summary>Everything that crosses between processes has its own name and version, independent of class names.</summary>
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
            Types.Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(Grain))),
            type => Assert.NotNull(type.GetCustomAttribute<GrainTypeAttribute>()));

    /// <summary>A row that a silo wrote when the class was in another assembly.</summary>
    [Fact]
    public void The_state_of_a_grain_is_read_whatever_class_wrote_it_and_names_none()
    {
        var options = new OrleansJsonSerializerOptions();
        ClusterTuning.NameNoTypes(options);
        const string Old = """{"$id":"1","$type":"OrleansBilling.Cluster.Grains.OfferState, OrleansBilling.Cluster","Newest":3}""";
        var state = JsonConvert.DeserializeObject<OfferState>(Old, options.JsonSerializerSettings)!;
        Assert.Equal(3, state.Newest);
        Assert.DoesNotContain("$type", JsonConvert.SerializeObject(state, options.JsonSerializerSettings), StringComparison.Ordinal);
    }
}
