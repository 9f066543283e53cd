using System.Reflection;

namespace OrleansBilling.Architecture.Tests;

/// <summary>The constructor of a group of routes lists each dependency by itself.</summary>
public sealed class RouteNeedsTests
{
    private const int NeedsMax = 8;

    private static readonly string[] Bags = ["IServiceProvider", "IServiceCollection", "ServiceProvider"];

    public static TheoryData<string> Groups => [.. All.Select(group => group.Name)];

    private static IEnumerable<Type> All =>
        Assembly.Load("OrleansBilling.Gateway").GetTypes().Where(type => type.IsClass && type.GetInterface("IRouteGroup") is not null);

    [Theory]
    [MemberData(nameof(Groups))]
    public void No_group_of_routes_is_given_a_bag_of_services(string name)
    {
        var needs = All.Single(group => group.Name == name).GetConstructors().Single().GetParameters()
            .Select(need => need.ParameterType.Name).ToList();
        Assert.InRange(needs.Count, 0, NeedsMax);
        Assert.Empty(needs.Intersect(Bags));
    }
}
