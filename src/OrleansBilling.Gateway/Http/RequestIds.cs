using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// Every answer has a <c>Request-Id</c>, and every line that the request logs has it too. A balancer or caller may choose it, so that
/// one id follows a request through several systems: 1 to 64 characters that are harmless in a header and in a log. Any other value
/// is replaced. The id only finds log lines; nothing is decided by it.
/// </summary>
internal sealed class RequestIds(Ids ids)
{
    public const string Name = "Request-Id";

    private const string Prefix = "req_";

    public string New() => ids.New(Prefix);

    /// <summary>The id that the request brings if it is acceptable, else a new one.</summary>
    public string Of(HttpRequest request)
    {
        var given = request.Headers[Name];
        return given.Count == 1 && given[0] is { } id && Ids.IsValid(id) ? id : New();
    }
}
