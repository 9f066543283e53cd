using System.Diagnostics;
using OrleansBilling.LoadTests.Http;
using OrleansBilling.LoadTests.Scenarios.Due;
using OrleansBilling.LoadTests.Scenarios.Systems;

namespace OrleansBilling.LoadTests.Scenarios.Remote;

/// <summary>
/// Watches due work through the API. The statistics count recurrences paid, first payments included. Work in progress shows
/// as a pending subscription that was not declined.
/// </summary>
/// <param name="way">Access to the gateways.</param>
/// <param name="sellers">The sellers of this run.</param>
/// <param name="waitsForStart">Whether subscriptions with a future start count as in progress.</param>
internal sealed class ApiDueWatch(GatewayWay way, IReadOnlyList<string> sellers, bool waitsForStart)
    : DueProgress(Poll)
{
    private const int QuietLooksMin = 3;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private long paidBefore = -1;
    private long startedAt;

    public override async Task<bool> WaitUntilDoneAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var waitingSince = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Poll);
        var (quiet, paid) = (0, -1L);
        while (true)
        {
            var now = await ReadPaidAsync(cancellationToken);
            quiet = now == paid && !await IsAnythingUnderWayAsync(cancellationToken) ? quiet + 1 : 0;
            paid = now;
            if (quiet >= QuietLooksMin) break;
            if (Stopwatch.GetElapsedTime(waitingSince) > timeout) return false;
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        if (paidBefore >= 0) await NoteAsync(cancellationToken);
        return true;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<RenewalPoint> LookAsync(CancellationToken cancellationToken)
    {
        var paid = await ReadPaidAsync(cancellationToken);
        if (paidBefore < 0) (paidBefore, startedAt) = (paid, Stopwatch.GetTimestamp());
        return new RenewalPoint(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, paid - paidBefore, paid - paidBefore);
    }

    private async Task<long> ReadPaidAsync(CancellationToken cancellationToken)
    {
        var paid = 0L;
        foreach (var seller in sellers) paid += (await way.ReadSummaryAsync(seller, cancellationToken)).PaidRecurrences;
        return paid;
    }

    private async Task<bool> IsAnythingUnderWayAsync(CancellationToken cancellationToken)
    {
        foreach (var seller in sellers)
        {
            var pending = way.Api.ListAsync<SubscriptionDocument>(
                $"/v1/subscriptions?seller_id={seller}&status=pending", cancellationToken);
            await foreach (var subscription in pending)
            {
                if (subscription.Retry is null && (waitsForStart || subscription.CurrentPeriod is not null)) return true;
            }
        }

        return false;
    }
}
