using System.Net;

namespace OrleansBilling.Client;

/// <summary>The API refused a request. What it said is a problem document (RFC 9457).</summary>
public sealed class BillingException : Exception
{
    internal BillingException(HttpStatusCode status, Problem? problem, string? requestId, TimeSpan? retryAfter)
        : base(problem?.Detail ?? $"The server answered with status {(int)status}.")
    {
        Status = status;
        Code = problem?.Code;
        Field = problem?.Field;
        Errors = problem?.Errors ?? [];
        RequestId = requestId;
        RetryAfter = retryAfter;
    }

    public HttpStatusCode Status { get; }

    /// <summary>
    /// One of <see cref="ErrorCode"/>, or a newer one; null if the answer is not from the API but from something in between.
    /// </summary>
    public string? Code { get; }

    /// <summary>What is wrong, for people.</summary>
    public string Detail => Message;

    /// <summary>The dotted path of the field, parameter or header at fault; null if it is no single one.</summary>
    public string? Field { get; }

    /// <summary>All faults that were found at once; empty if it was not a fault of the request's content.</summary>
    public IReadOnlyList<Fault> Errors { get; }

    /// <summary>Finds the request in the log of the server.</summary>
    public string? RequestId { get; }

    /// <summary>When the server says that a next try makes sense.</summary>
    public TimeSpan? RetryAfter { get; }
}
