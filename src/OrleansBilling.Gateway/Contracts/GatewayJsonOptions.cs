using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Gives other options the settings of <see cref="GatewayJson"/>, for the API's description.</summary>
internal static class GatewayJsonOptions
{
    public static void Apply(JsonSerializerOptions options)
    {
        var own = GatewayJson.Default.Options;
        options.PropertyNamingPolicy = own.PropertyNamingPolicy;
        options.UnmappedMemberHandling = own.UnmappedMemberHandling;
        options.RespectNullableAnnotations = own.RespectNullableAnnotations;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.TypeInfoResolverChain.Insert(0, GatewayJson.Default);
        foreach (var converter in own.Converters) options.Converters.Add(converter);
    }
}
