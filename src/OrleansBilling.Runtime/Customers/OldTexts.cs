using System.Text;
using System.Text.Json.Nodes;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Customers;

/// <summary>
/// Finds the texts that an older release left in events and states, and what these look like without them. Each text keeps the sequence
/// of its event; a state names the text of the last event before it that has a comment.
/// </summary>
internal sealed class OldTexts
{
    private const string Comment = "comment";
    private const string CommentSequence = "comment_sequence";
    private const string Reason = "reason";
    private const string ReasonSequence = "reason_sequence";

    /// <summary>What the runtime itself gives as the reason of a refund. It stays where it is.</summary>
    private static readonly HashSet<string> Codes = new(StringComparer.Ordinal) { "cancellation", "never_served", "late_payment" };

    private readonly Dictionary<string, List<(long At, long Sequence)>> comments = new(StringComparer.Ordinal);
    private readonly List<StoredText> texts = [];
    private readonly List<PersonRow> changed = [];

    public IReadOnlyList<StoredText> Texts => texts;

    /// <summary>The rows without their texts.</summary>
    public IReadOnlyList<PersonRow> Changed => changed;

    /// <summary>Reads a row; the events of a subscription come in order, and before its states.</summary>
    public void Add(PersonRow row)
    {
        if (JsonNode.Parse(row.Data) is not JsonObject json) return;
        var found = row.Place == PersonPlace.Event ? OfEvent(row, json) : OfState(row, json);
        if (found) changed.Add(row with { Data = Encoding.UTF8.GetBytes(json.ToJsonString()) });
    }

    private bool OfEvent(PersonRow row, JsonObject json)
    {
        if (json["cancellation"] is JsonObject cancellation) return OfCancellation(row, cancellation);
        if ((string?)json[Reason] is not { } reason) return false;
        var kind = row.EventType == "charged_back" ? TextKind.ChargebackReason : TextKind.RefundReason;
        if (kind == TextKind.RefundReason && Codes.Contains(reason)) return false;
        texts.Add(new StoredText(new TextPlace(row.SubscriptionId, row.Number, kind), reason));
        json.Remove(Reason);
        json[ReasonSequence] = row.Number;
        return true;
    }

    private bool OfCancellation(PersonRow row, JsonObject cancellation)
    {
        var text = (string?)cancellation[Comment];
        if (text is not null)
        {
            texts.Add(new StoredText(new TextPlace(row.SubscriptionId, row.Number, TextKind.Comment), text));
            cancellation.Remove(Comment);
            cancellation[CommentSequence] = row.Number;
        }

        // Also one that was moved before: a state may still have the text.
        if ((long?)cancellation[CommentSequence] is { } sequence)
        {
            if (!comments.TryGetValue(row.SubscriptionId, out var known)) comments[row.SubscriptionId] = known = [];
            known.Add((row.Number, sequence));
        }

        return text is not null;
    }

    private bool OfState(PersonRow row, JsonObject json)
    {
        var state = json["state"] as JsonObject;
        var found = OfCanceled(row, state?["cancellation"] as JsonObject);
        return OfCanceled(row, (state?["cancellation_scheduled"] as JsonObject)?["cancellation"] as JsonObject) || found;
    }

    private bool OfCanceled(PersonRow row, JsonObject? cancellation)
    {
        if (cancellation is null || (string?)cancellation[Comment] is not { } text) return false;
        var before = comments.GetValueOrDefault(row.SubscriptionId)?.Where(one => one.At <= row.Number).ToList() ?? [];
        var sequence = before.Count > 0 ? before[^1].Sequence : row.Number;
        texts.Add(new StoredText(new TextPlace(row.SubscriptionId, sequence, TextKind.Comment), text));
        cancellation.Remove(Comment);
        cancellation[CommentSequence] = sequence;
        return true;
    }
}
