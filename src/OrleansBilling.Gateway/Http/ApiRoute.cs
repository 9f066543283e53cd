using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Http;

/// <summary>The properties of a route that its guard and its description use.</summary>
/// <param name="Path">The path, with parameters in braces.</param>
/// <param name="Roles">The roles that may use it; none if no key is needed.</param>
/// <param name="Query">The query parameters that it accepts.</param>
/// <param name="IgnoresKey">Whether an idempotency key has no effect: a preview changes nothing; each line of a stream has a key.</param>
/// <param name="Streams">Whether a request may last as long as the caller likes. Such a request takes no turn.</param>
internal sealed record RouteFacts(
    string Method, string Path, Roles Roles, IReadOnlyList<QueryParameter> Query, bool IgnoresKey = false, bool Streams = false)
{
    /// <summary>The scopes of which a limited key needs one; none if only a key without limits may use the route.</summary>
    public KeyScopes Scopes { get; } = RoutePolicy.ScopesOf(Method, Path);

    /// <summary>Whether it makes or ends keys, which no session of the console may.</summary>
    public bool ChangesKeys { get; } = RoutePolicy.ChangesKeys(Method, Path);

    /// <summary>Whether it may be repeated under an idempotency key.</summary>
    public bool TakesKey { get; } = !IgnoresKey && RoutePolicy.TakesKey(Method, Path);

    /// <summary>Whether the answer to a request with a key is remembered for a day.</summary>
    public bool Remembers { get; } = !IgnoresKey && RoutePolicy.Remembers(Method, Path);

    /// <summary>Whether an answer has a secret.</summary>
    public bool BearsSecret { get; } = RoutePolicy.BearsSecret(Method, Path);

    /// <summary>Whether an answer has personal data.</summary>
    public bool ShowsPerson { get; } = RoutePolicy.ShowsPerson(Method, Path);
}

/// <summary>The route takes a picture, for the API description.</summary>
internal sealed record ImageType;

/// <summary>The kinds of lines that a stream accepts, for the API description.</summary>
/// <param name="ContentType">The media type of the stream.</param>
internal sealed record LineTypes(string ContentType, IReadOnlyList<LineType> Types);

/// <summary>A kind of line.</summary>
/// <param name="Type">The command, as the line names it.</param>
/// <param name="Body">The body of the command's own route. The line has its fields too.</param>
/// <param name="Starts">Whether it makes the subscription that it names.</param>
internal sealed record LineType(string Type, Type Body, bool Starts = false);

/// <summary>Adds metadata for the API description to a route.</summary>
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

        // The API explorer only finds endpoints that have a method. The metadata describes what the method takes.
        Add(Described);
        Add(facts);
        foreach (var status in ErrorStatuses()) Add(RefusalOf(status));
    }

    /// <summary>
    /// Describes the body without its media type. If the router knew the media type, it would refuse a wrong one before the
    /// caller is authenticated.
    /// </summary>
    public ApiRoute Takes(Type body, bool optional)
    {
        Add(new AcceptsMetadata([], body, optional));
        return this;
    }

    /// <summary>Describes a body that is a picture.</summary>
    public ApiRoute TakesImage()
    {
        Add(new ImageType());
        return this;
    }

    public ApiRoute TakesLines(string contentType, params LineType[] types)
    {
        Add(new LineTypes(contentType, types));
        return this;
    }

    /// <summary>
    /// Gives the operation its id, such as <c>subscriptions_cancel</c>: the thing, then what is done with it. Generated clients
    /// name their methods by it, so it never changes.
    /// </summary>
    public ApiRoute Named(string operationId)
    {
        endpoint.WithName(operationId);
        return this;
    }

    /// <summary>Adds an error status that routes of this kind do not have by default.</summary>
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

    public ApiRoute AnswersNothing(int status = StatusCodes.Status204NoContent)
    {
        Add(new ProducesResponseTypeMetadata(status, typeof(void)));
        return this;
    }

    /// <summary>Adds a tag, a summary and, if one line is not enough, a longer description.</summary>
    public void Describe(string tag, string summary, string? description = null)
    {
        endpoint.WithTags(tag).WithSummary(summary);
        if (description is not null) endpoint.WithDescription(description);
    }

    private static Task Describe(HttpContext http) =>
        throw new NotSupportedException($"This method only describes {http.Request.Path}; it must not be called.");

    private static ProducesResponseTypeMetadata RefusalOf(int status) => new(status, typeof(ProblemDocument), ["application/problem+json"]);

    private void Add(object metadata) => endpoint.Add(builder => builder.Metadata.Add(metadata));

    private IEnumerable<int> ErrorStatuses()
    {
        var open = facts.Roles == Roles.None;
        var writes = facts.Method is "POST" or "PUT" or "PATCH";
        yield return 400;
        if (!open) yield return 401;
        if (!open) yield return 403;
        if (!open && (writes || facts.Path.Contains('{', StringComparison.Ordinal))) yield return 404;
        if (writes) yield return 408;
        if (writes) yield return 409;
        if (writes && facts.Path.Contains('{', StringComparison.Ordinal)) yield return 412;
        if (writes) yield return 413;
        if (writes) yield return 415;
        if (writes || facts.Query.Count > 0) yield return 422;
        if (!open) yield return 429;
        yield return 500;
        yield return 503;
    }
}
