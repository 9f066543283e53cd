using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Metered usage as a request describes it.</summary>
internal static class UsageRequest
{
    public static void Check(ref Check check, UsageBody body)
    {
        if (!check.List(body.Events, "events", 1, SubscriptionCommand.RecordUsage.EntriesMax)) return;
        for (var n = 0; n < body.Events.Length && !check.IsFull; n++)
        {
            // Full field names are built only for an error, because there may be a thousand events.
            var trial = new Check();
            Check(ref trial, body.Events[n], "");
            if (trial.HasFailed) Check(ref check, body.Events[n], $"events[{n}].");
        }
    }

    public static SubscriptionCommand ToCommand(UsageBody body) => new SubscriptionCommand.RecordUsage(
        [.. body.Events.Select(e => new UsageEntry(e.Id, e.Meter, e.Quantity ?? 1, e.At, e.Key))]);

    private static void Check(ref Check check, UsageEventBody e, string within)
    {
        check.Id(e.Id, within + "id");
        check.Id(e.Meter, within + "meter");
        check.Range(e.Quantity, within + "quantity", 0, Meter.UnitsMax);
        check.Text(e.Key, within + "key", FieldLimits.UsageKeyCharactersMax);
    }
}
