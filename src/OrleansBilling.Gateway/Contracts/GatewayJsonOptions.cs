using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>Copies the settings of <see cref="GatewayJson"/> to other options, for the OpenAPI document.</summary>
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
