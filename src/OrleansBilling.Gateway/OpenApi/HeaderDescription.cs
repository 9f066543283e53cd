using Microsoft.OpenApi;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>Declares the headers of requests and answers. Headers of many answers are described once, as components.</summary>
internal static class HeaderDescription
{
    private const string ETag = "ETag";
    private const string IfMatch = "If-Match";
    private const string Location = "Location";
    private const string RetryAfter = "Retry-After";
    private const string Challenge = "WWW-Authenticate";

    /// <summary>The documents that have a version. Their answers have it as a tag too.</summary>
    private static readonly string[] Versioned =
    [
        "Subscription", "RetentionAnswer", "Product", "Plan", "Offer", "Coupon", "WebhookEndpoint", "WebhookSecret", "Customer",
        "Seller", "SellerLogo",
    ];

    private static readonly Dictionary<string, OpenApiHeader> Shared = new(StringComparer.Ordinal)
    {
        [RequestIds.Name] = Header("Finds the request in the log of the server. A caller may choose it.", Text(), isAlways: true),
        [ETag] = Header("The version of what is shown, such as \"7\"; for If-Match.", Text()),
        [Location] = Header("The path of what was created.", Text()),
        [RetryAfter] = Header("Seconds to wait before the next try, where waiting helps.", Seconds()),
        [Challenge] = Header("How to sign in (RFC 6750).", Text()),
        [KeyRates.LimitName] = Header(
            "How many requests the key may still make (r), and the seconds until it may make all again (t), if keys have a limit.", Text()),
        [KeyRates.PolicyName] = Header("The limit of the key: requests (q) in so many seconds (w), if keys have a limit.", Text()),
        [IdempotencyHeader.ReplayedName] = Header(
            "Present, and true, if the answer repeats an earlier one of the same key.",
            new OpenApiSchema { Type = JsonSchemaType.String, Const = "true" }),
        [PreferHeader.AppliedName] = Header("The preference that was followed, such as wait=10.", Text()),
    };

    public static void AddHeaders(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        foreach (var (name, header) in Shared) document.Components.Headers[name] = header;
    }

    public static void DescribeAnswers(OpenApiResponses responses, RouteFacts facts, OpenApiDocument document)
    {
        foreach (var (status, response) in responses)
        {
            var own = (OpenApiResponse)response;
            own.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            foreach (var name in NamesOf(status, own, facts)) own.Headers[name] = new OpenApiHeaderReference(name, document);
        }
    }

    /// <summary>Headers by which a caller makes conditions, besides the idempotency key.</summary>
    public static IEnumerable<OpenApiParameter> ConditionsOf(OpenApiResponses responses, RouteFacts facts)
    {
        if (facts is { Method: "POST" or "PUT" or "PATCH", IgnoresKey: false } && facts.Path.Contains("{id}", StringComparison.Ordinal) &&
            responses.Any(answer => answer.Key[0] == '2' && HasVersion((OpenApiResponse)answer.Value)))
            yield return Parameter(
                IfMatch, "The ETag that it must still have, such as \"7\", else 412. Without it, any version will do.");
        if (IsSubscribe(facts))
            yield return Parameter(
                PreferHeader.Name,
                $"wait=10 waits until the outcome of the first payment is known, at most ten seconds; never more than " +
                $"{PreferHeader.WaitSecondsMax} (RFC 7240).");
    }

    private static IEnumerable<string> NamesOf(string status, OpenApiResponse response, RouteFacts facts)
    {
        yield return RequestIds.Name;
        var isGood = status[0] == '2';
        if (isGood && facts.TakesKey) yield return IdempotencyHeader.ReplayedName;
        if (isGood && HasVersion(response)) yield return ETag;
        if (status == "201") yield return Location;
        if (isGood && IsSubscribe(facts)) yield return PreferHeader.AppliedName;
        if (status == "401") yield return Challenge;
        if (status is "429" or "503") yield return RetryAfter;

        // Only what got past its key is counted.
        if (facts.Roles == Roles.None || status == "401") yield break;
        if (!facts.Streams) yield return KeyRates.LimitName;
        yield return KeyRates.PolicyName;
    }

    private static bool IsSubscribe(RouteFacts facts) => facts is { Method: "POST", Path: "/v1/subscriptions" };

    private static bool HasVersion(OpenApiResponse response) =>
        response.Content?.FirstOrDefault() is { Key: { } type, Value.Schema: { } schema } &&
        (schema is OpenApiSchemaReference shown ? Versioned.Contains(shown.Reference.Id) : ImageDescription.IsImage(type));

    private static OpenApiParameter Parameter(string name, string description) => new()
    {
        Name = name, In = ParameterLocation.Header, Description = description, Schema = Text(), Required = false,
    };

    private static OpenApiHeader Header(string description, OpenApiSchema schema, bool isAlways = false) =>
        new() { Description = description, Schema = schema, Required = isAlways };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Seconds() => new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0" };
}
