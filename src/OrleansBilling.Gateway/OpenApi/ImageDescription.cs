using Microsoft.OpenApi;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>Describes bodies and answers that are pictures.</summary>
internal static class ImageDescription
{
    public static void DescribeBody(OpenApiOperation operation) => operation.RequestBody = new OpenApiRequestBody
    {
        Description = "The picture's bytes.",
        Required = true,
        Content = ImageBody.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = Bytes() }, StringComparer.Ordinal),
    };

    public static void DescribeAnswers(OpenApiResponses responses)
    {
        foreach (var content in responses.Values.Select(response => response.Content).OfType<IDictionary<string, OpenApiMediaType>>())
        {
            foreach (var (_, media) in content.Where(one => IsImage(one.Key))) media.Schema = Bytes();
        }
    }

    public static bool IsImage(string contentType) => contentType.StartsWith("image/", StringComparison.Ordinal);

    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
