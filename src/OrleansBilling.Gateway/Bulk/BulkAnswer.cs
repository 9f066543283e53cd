using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>The answer to a line, known or still pending.</summary>
/// <param name="Line">The line's number.</param>
/// <param name="SubscriptionId">The subscription, if known.</param>
/// <param name="StatusWhenDone">200, or 201 for a new subscription.</param>
/// <param name="Pending">The command in flight; null if it was not started.</param>
/// <param name="Error">Why it was not started.</param>
internal readonly record struct BulkAnswer(
    long Line, string? SubscriptionId, int StatusWhenDone, Task<CommandResult>? Pending, ApiError? Error);
