using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Metered usage as a request describes it.</summary>
internal static class UsageRequest
{
    public static ApiError? Validate(UsageBody body)
    {
        var check = new Check();
        if (!check.List(body.Events, "events", 1, SubscriptionCommand.RecordUsage.EntriesMax)) return check.Error;
        for (var n = 0; n < body.Events.Length && check.Error is null; n++)
        {
            // Full field names are built only for an error, because there may be a thousand events.
            if (Validate(body.Events[n], null) is not null) check.Fail(Validate(body.Events[n], $"events[{n}].")!);
        }

        return check.Error;
    }

    public static SubscriptionCommand ToCommand(UsageBody body) => new SubscriptionCommand.RecordUsage(
        [.. body.Events.Select(e => new UsageEntry(e.Id, e.Meter, e.Quantity ?? 1, e.At, e.Key))]);

    private static ApiError? Validate(UsageEventBody e, string? within)
    {
        var check = new Check();
        check.Id(e.Id, Name("id"));
        check.Id(e.Meter, Name("meter"));
        check.Range(e.Quantity, Name("quantity"), 0, Meter.UnitsMax);
        check.Text(e.Key, Name("key"), FieldLimits.UsageKeyCharactersMax);
        return check.Error;

        string Name(string field) => within is null ? field : within + field;
    }
}
