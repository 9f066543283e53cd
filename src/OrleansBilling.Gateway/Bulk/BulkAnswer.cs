using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>A line's answer, known or under way.</summary>
/// <param name="Line">The line's number.</param>
/// <param name="SubscriptionId">The subscription, where it is known.</param>
/// <param name="StatusWhenDone">200, or 201 for a new subscription.</param>
/// <param name="Pending">The command under way; null when it was not begun.</param>
/// <param name="Error">Why it was not begun.</param>
internal readonly record struct BulkAnswer(
    long Line, string? SubscriptionId, int StatusWhenDone, Task<CommandResult>? Pending, ApiError? Error);
