using System.Diagnostics;
using NodaTime;
using OrleansBilling.LoadTests.Http;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>
/// Replays the months: every customer signs up in the month before its start, those who leave cancel within their last paid
/// period, and the clock advances month by month. Everything goes over HTTP, with commands as a stream of lines.
/// </summary>
internal sealed class Replay(BillingApi api, ReplayCalendar calendar, ReplayNames names)
{
    /// <summary>Time spent in commands.</summary>
    public TimeSpan Commanding { get; private set; }

    public TimeSpan Advancing { get; private set; }

    /// <summary>Calls <paramref name="monthDone"/> with the number of months replayed.</summary>
    public async Task RunAsync(IReadOnlyList<TelcoCustomer> customers, Action<int> monthDone, CancellationToken cancellationToken)
    {
        var signingUp = customers.ToLookup(ReplayCalendar.SignUpMonth);
        await AdvanceAsync(calendar.Start, cancellationToken);
        for (var month = calendar.Months; month > 0; month--)
        {
            await SendAsync([.. signingUp[month].Select(SignUp)], cancellationToken);

            // For every customer who leaves, the last paid period began half a day ago.
            if (month == 1) await SendAsync([.. customers.Where(customer => customer.Leaves).Select(Cancel)], cancellationToken);
            await AdvanceAsync(calendar.MonthsBeforeEnd(month - 1), cancellationToken);
            monthDone(calendar.Months - month + 1);
        }
    }

    private object SignUp(TelcoCustomer customer) => new
    {
        Type = "subscribe",
        SubscriptionId = names.Subscription(customer),
        IdempotencyKey = $"{names.Subscription(customer)}-subscribe",
        OfferId = names.Offer(customer.Contract, customer.MonthlyCents),
        Customer = new { customer.Id },
        PaymentMethod = new { Token = "tok_ok" },
        StartAt = Rfc3339(calendar.StartOf(customer)),
    };

    private object Cancel(TelcoCustomer customer) => new
    {
        Type = "cancel",
        SubscriptionId = names.Subscription(customer),
        IdempotencyKey = $"{names.Subscription(customer)}-cancel",
        At = "period_end",
        Reason = "churned",
        Origin = "customer",
    };

    private async Task SendAsync(IReadOnlyList<object> commands, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await api.Commands.SendAsync(commands, cancellationToken);
        Commanding += Stopwatch.GetElapsedTime(started);
    }

    private async Task AdvanceAsync(Instant to, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await api.PostAsync("/v1/clock/advance", new { To = Rfc3339(to) }, cancellationToken);
        Advancing += Stopwatch.GetElapsedTime(started);
    }

    private static string Rfc3339(Instant instant) => NodaTime.Text.InstantPattern.ExtendedIso.Format(instant);
}
