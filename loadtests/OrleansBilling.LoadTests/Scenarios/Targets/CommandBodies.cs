using System.Text;
using NodaTime.Text;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>Commands in the format of the HTTP contract. Ids and tokens come from this program and need no escaping.</summary>
internal sealed class CommandBodies(LoadCatalog catalog)
{
    /// <summary>A complete HTTP request.</summary>
    /// <param name="authority">Host and port.</param>
    /// <param name="key">An administrator key.</param>
    /// <param name="command">The command.</param>
    public byte[] Request(string authority, string key, LoadCommand command)
    {
        var id = catalog.IdOf(command.Number);
        var body = command.Kind == LoadKind.Subscribe ? $"{{\"id\":\"{id}\",{Fields(command, id)}}}" : $"{{{Fields(command, id)}}}";
        var path = command.Kind == LoadKind.Subscribe ? "/v1/subscriptions" : $"/v1/subscriptions/{id}/{PathOf(command.Kind)}";
        return Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {authority}\r\nAuthorization: Bearer {key}\r\n" +
            $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    /// <summary>A line of POST /v1/commands, with its line break.</summary>
    public byte[] Line(LoadCommand command)
    {
        var id = catalog.IdOf(command.Number);
        var fields = Fields(command, id);
        return Encoding.ASCII.GetBytes(
            $"{{\"type\":\"{TypeOf(command.Kind)}\",\"subscription_id\":\"{id}\"{(fields.Length > 0 ? "," : "")}{fields}}}\n");
    }

    private string Fields(LoadCommand command, string id) => command.Kind switch
    {
        LoadKind.PaymentMethod => $"\"token\":\"{command.Token}\"",
        LoadKind.Subscribe =>
            $"\"offer_id\":\"{catalog.Offers[command.Product].Offer.Id}\"," +
            $"\"customer\":{{\"id\":\"{SeedTemplate.CustomerOf(id)}\"}}," +
            $"\"payment_method\":{{\"token\":\"{command.Token}\"}}{StartOf(command)}",
        LoadKind.CancelNow => "\"at\":\"now\",\"reason\":\"load\",\"origin\":\"customer\"",
        LoadKind.CancelAtPeriodEnd => "\"at\":\"period_end\",\"reason\":\"load\",\"origin\":\"customer\"",
        LoadKind.Reactivate => "\"charge_now\":true",
        LoadKind.Uncancel or LoadKind.Retry => "",
        _ => throw new InvalidOperationException($"Unknown kind {command.Kind}."),
    };

    private static string StartOf(LoadCommand command) =>
        command.StartAt is { } at ? $",\"start_at\":\"{InstantPattern.ExtendedIso.Format(at)}\"" : "";

    private static string PathOf(LoadKind kind) => kind == LoadKind.PaymentMethod ? "payment-method" : TypeOf(kind);

    private static string TypeOf(LoadKind kind) => kind switch
    {
        LoadKind.PaymentMethod => "payment_method",
        LoadKind.Subscribe => "subscribe",
        LoadKind.CancelNow or LoadKind.CancelAtPeriodEnd => "cancel",
        LoadKind.Uncancel => "uncancel",
        LoadKind.Reactivate => "reactivate",
        LoadKind.Retry => "retry",
        _ => throw new InvalidOperationException($"Unknown kind {kind}."),
    };
}
