using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>What a route is, for its guard and its description.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Roles">Who may use it; none where no key is needed.</param>
/// <param name="Query">What it takes in the query.</param>
/// <param name="IgnoresKey">Whether an idempotency key has no effect: a secret is shown once, and a stream has a key a line.</param>
/// <param name="Streams">Whether it goes on for as long as the caller likes, and so takes no turn.</param>
internal sealed record RouteFacts(
    string Method, string Path, Roles Roles, IReadOnlyList<QueryParameter> Query, bool IgnoresKey = false, bool Streams = false);

/// <summary>The kinds of line that a stream takes, for its description.</summary>
/// <param name="ContentType">Of the stream.</param>
/// <param name="Types">The contracts of the lines.</param>
internal sealed record LineTypes(string ContentType, IReadOnlyList<Type> Types);

/// <summary>Adds to a route what its description tells.</summary>
internal sealed class ApiRoute
{
    private static readonly MethodInfo Described = typeof(ApiRoute)
        .GetMethod(nameof(Describe), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly IEndpointConventionBuilder endpoint;
    private readonly RouteFacts facts;

    public ApiRoute(IEndpointConventionBuilder endpoint, RouteFacts facts)
    {
        this.endpoint = endpoint;
        this.facts = facts;

        // The API explorer only sees endpoints that have a method; what that method takes is told by the metadata.
        Add(Described);
        Add(facts);
        foreach (var status in ErrorStatuses()) Add(RefusalOf(status));
    }

    /// <summary>
    /// Tells of the body, but not of its media type: a router that knew it would answer before anyone has asked who
    /// calls.
    /// </summary>
    public ApiRoute Takes(Type body, bool optional)
    {
        Add(new AcceptsMetadata([], body, optional));
        return this;
    }

    public ApiRoute TakesLines(string contentType, params Type[] types)
    {
        Add(new LineTypes(contentType, types));
        return this;
    }

    /// <summary>Tells of a refusal that its kind of route does not have by itself.</summary>
    public ApiRoute Refuses(int status)
    {
        Add(RefusalOf(status));
        return this;
    }

    public ApiRoute Answers(int status, Type document, string contentType = JsonBody.ContentType)
    {
        Add(new ProducesResponseTypeMetadata(status, document, [contentType]));
        return this;
    }

    public ApiRoute AnswersNothing()
    {
        Add(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void)));
        return this;
    }

    /// <summary>Names it, and says what its answers rest on where that is more than a line.</summary>
    public void Describe(string tag, string summary, string? description = null)
    {
        endpoint.WithTags(tag).WithSummary(summary);
        if (description is not null) endpoint.WithDescription(description);
    }

    private static Task Describe(HttpContext http) => throw new NotSupportedException($"{http.Request.Path} is only described by this.");

    private static ProducesResponseTypeMetadata RefusalOf(int status) => new(status, typeof(ProblemDocument), ["application/problem+json"]);

    private void Add(object metadata) => endpoint.Add(builder => builder.Metadata.Add(metadata));

    private IEnumerable<int> ErrorStatuses()
    {
        var open = facts.Roles == Roles.None;
        var writes = facts.Method is "POST" or "PUT";
        yield return 400;
        if (!open) yield return 401;
        if (!open) yield return 403;
        if (!open && (writes || facts.Path.Contains('{', StringComparison.Ordinal))) yield return 404;
        if (writes) yield return 408;
        if (writes) yield return 409;
        if (writes) yield return 413;
        if (writes) yield return 415;
        if (writes || facts.Query.Count > 0) yield return 422;
        if (!open) yield return 429;
        yield return 500;
        yield return 503;
    }
}
