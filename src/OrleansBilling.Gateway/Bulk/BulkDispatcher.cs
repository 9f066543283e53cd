using System.Buffers;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Routes;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime;

namespace OrleansBilling.Gateway.Bulk;

/// <summary>
/// Starts the commands of one stream. Commands for different subscriptions run concurrently. A second one for the same subscription
/// waits for the first, so each subscription sees its lines in order. Not thread-safe.
/// </summary>
internal sealed class BulkDispatcher(ApiCall call, CommandRunner commands, Ids ids)
{
    /// <summary>The map may hold this many entries before finished commands are removed.</summary>
    private const int MapEntriesMax = 4_096;

    private static readonly ApiError TooLong = new(413, "line_too_large", "The line is longer than 64 KiB.");

    private readonly string tenant = call.Tenant;
    private readonly Dictionary<string, Task<CommandResult>> underWay = new(StringComparer.Ordinal);

    /// <summary>Starts the command of a line. Does not wait for it.</summary>
    public BulkAnswer Begin(in Line line)
    {
        if (line.TooLong) return Reject(line.Number, null, TooLong);
        if (line.Bytes.IsSingleSegment) return Begin(line.Number, line.Bytes.FirstSpan);

        var rented = ArrayPool<byte>.Shared.Rent((int)line.Bytes.Length);
        try
        {
            line.Bytes.CopyTo(rented);
            return Begin(line.Number, rented.AsSpan(0, (int)line.Bytes.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private BulkAnswer Begin(long number, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.Trim(" \t\r"u8);
        if (BulkLineParser.Parse(bytes, out var request) is { } error)
            return Reject(number, request.SubscriptionId ?? BulkLineParser.FindSubscriptionId(bytes), error);
        var key = request.Key is null
            ? (IdempotencyKey?)null
            : IdempotencyHeader.Bind(tenant, request.Key, IdempotencyHeader.Fingerprint(bytes));
        var id = request.SubscriptionId ?? ids.New(SubscribeRequest.IdPrefix, tenant, request.Key);
        var status = request.Asked is CommandRequest.Subscribe ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return new BulkAnswer(number, id, status, InOrder(id, request, key), null);
    }

    private static BulkAnswer Reject(long number, string? id, ApiError error) =>
        new(number, id is not null && Ids.IsValid(id) ? id : null, 0, null, error);

    private Task<CommandResult> InOrder(string id, in BulkRequest request, IdempotencyKey? key)
    {
        var begun = underWay.TryGetValue(id, out var previous) && !previous.IsCompleted
            ? RunAfterAsync(previous, id, request, key)
            : Run(id, request, key).AsTask();
        if (begun.IsCompleted) return begun;
        if (underWay.Count >= MapEntriesMax) Sweep();
        underWay[id] = begun;
        return begun;
    }

    private async Task<CommandResult> RunAfterAsync(Task previous, string id, BulkRequest request, IdempotencyKey? key)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await Run(id, request, key);
    }

    /// <summary>Not cancelable: a line that was read is done in full, even if the caller disconnects.</summary>
    private ValueTask<CommandResult> Run(string id, in BulkRequest request, IdempotencyKey? key) =>
        commands.RunAsync(new CommandCall(call.Caller, id, key, CancellationToken.None), request.Asked!);

    private void Sweep()
    {
        foreach (var (id, task) in underWay)
        {
            if (task.IsCompleted) underWay.Remove(id);
        }
    }
}
