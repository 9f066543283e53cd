using Microsoft.OpenApi;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>Declares the headers of answers.</summary>
internal static class HeaderDescription
{
    public static void Describe(OpenApiResponses responses, bool takesKey)
    {
        foreach (var (status, response) in responses)
        {
            if (status[0] == '2' && takesKey)
                Add(
                    response, IdempotencyHeader.ReplayedName, "Present, and true, if the answer repeats an earlier one of the same key.",
                    new OpenApiSchema { Type = JsonSchemaType.String, Const = "true" });
            if (status == "401")
                Add(response, "WWW-Authenticate", "How to sign in (RFC 6750).", new OpenApiSchema { Type = JsonSchemaType.String });
            if (status is "429" or "503")
                Add(
                    response, "Retry-After", "Seconds to wait before the next try, where waiting helps.",
                    new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0" });
        }
    }

    private static void Add(IOpenApiResponse response, string name, string description, OpenApiSchema schema)
    {
        var own = (OpenApiResponse)response;
        own.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        own.Headers[name] = new OpenApiHeader { Description = description, Schema = schema };
    }
}
