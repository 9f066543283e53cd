using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>Measures one command from arrival to result. Every host begins and ends one span per command.</summary>
public readonly struct CommandSpan
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(SubscriptionCommand).GetNestedTypes()
        .Where(type => type.IsSubclassOf(typeof(SubscriptionCommand)))
        .ToFrozenDictionary(type => type, type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name));

    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly string name;
    private readonly Activity? activity;

    private CommandSpan(SubscriptionCommand command, TimeProvider time, string? parent)
    {
        this.time = time;
        name = Names[command.GetType()];
        startedAt = BillingTelemetry.CommandDuration.Enabled ? time.GetTimestamp() : 0;
        activity = BillingTelemetry.Activities.StartActivity("billing.command", ActivityKind.Internal, parent);
        activity?.SetTag("command", name);
    }

    /// <param name="parent">The caller's span, as a traceparent of W3C; null for the current one.</param>
    public static CommandSpan Begin(CommandEnvelope envelope, TimeProvider time, string? parent = null)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new CommandSpan(envelope.Command, time, parent);
    }

    /// <summary>Ends the span; null when the command failed because of a bug.</summary>
    public void End(CommandResult? result)
    {
        var ended = NameOf(result);
        var tag = new KeyValuePair<string, object?>("command", name);
        BillingTelemetry.Commands.Add(1, tag, new KeyValuePair<string, object?>("result", ended));
        BillingTelemetry.CommandDuration.RecordSince(time, startedAt, tag);
        if (activity is null) return;
        activity.SetTag("result", ended);
        if (result is null or CommandResult.Unavailable) activity.SetStatus(ActivityStatusCode.Error);
        activity.Dispose();
    }

    private static string NameOf(CommandResult? result) => result switch
    {
        CommandResult.Accepted { Replayed: true } => "replayed",
        CommandResult.Accepted => "accepted",
        CommandResult.Refused => "refused",
        CommandResult.Unavailable unavailable => unavailable.Code,
        _ => "failed",
    };
}
