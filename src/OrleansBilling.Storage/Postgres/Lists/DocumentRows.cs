using Npgsql;
using OrleansBilling.Runtime.Journal;
using static OrleansBilling.Storage.Postgres.Connections.SqlParameters;

namespace OrleansBilling.Storage.Postgres.Lists;

/// <summary>
/// What the statements of <see cref="PostgresListProjection"/> say of entries of balances, credit notes and chargebacks: parameters $26 to
/// $61.
/// </summary>
internal static class DocumentRows
{
    public const string AddEntriesSql =
        $"""
        insert into balance_entry ({DocumentListSql.EntryColumns})
        select r.* from unnest($26::text[], $27::bigint[], $28::text[], $29::text[], $30::text[], $31::text[], $32::integer[],
            $33::integer[], $34::integer[], $35::bigint[], $36::timestamptz[])
            as r ({DocumentListSql.EntryColumns})
        """;

    public const string AddCreditNotesSql =
        $"""
        insert into credit_note ({DocumentListSql.CreditNoteColumns})
        select r.* from unnest($37::text[], $38::integer[], $39::text[], $40::text[], $41::text[], $42::integer[], $43::boolean[],
            $44::bigint[], $45::bigint[], $46::text[], $60::bigint[], $47::timestamptz[])
            as r ({DocumentListSql.CreditNoteColumns})
        """;

    public const string AddChargebacksSql =
        $"""
        insert into chargeback as c ({DocumentListSql.ChargebackColumns})
        select r.* from unnest($48::text[], $49::integer[], $50::integer[], $51::text[], $52::text[], $53::text[], $54::text[],
            $55::bigint[], $56::bigint[], $57::text[], $61::bigint[], $58::timestamptz[], $59::timestamptz[])
            as r ({DocumentListSql.ChargebackColumns})
        """;

    /// <summary>A credit note never changes, but the text of an older release moves out of it. What stays is not even locked.</summary>
    public const string ReplaceCreditNoteSql =
        """
        and not exists (
          select 1 from credit_note as t
          where t.subscription_id = r.subscription_id and t.ordinal = r.ordinal
            and (t.reason, t.reason_sequence) is not distinct from (r.reason, r.reason_sequence))
        on conflict (subscription_id, ordinal) do update set reason = excluded.reason, reason_sequence = excluded.reason_sequence
        """;

    /// <summary>Of a chargeback, only how its dispute stands changes, and the text of an older release moves out of it.</summary>
    public const string ReplaceChargebackSql =
        """
        on conflict (subscription_id, invoice, attempt) do update set status = excluded.status, closed_at = excluded.closed_at,
          reason = excluded.reason, reason_sequence = excluded.reason_sequence
        where (c.status, c.closed_at, c.reason, c.reason_sequence)
          is distinct from (excluded.status, excluded.closed_at, excluded.reason, excluded.reason_sequence)
        """;

    public static NpgsqlParameter[] Parameters(DerivedRows rows)
    {
        var (entries, notes, chargebacks) = (rows.Entries, rows.CreditNotes, rows.Chargebacks);
        return
        [
            Texts([.. entries.Select(one => one.SubscriptionId)]), Longs([.. entries.Select(one => one.Sequence)]),
            Texts([.. entries.Select(one => one.PartyId)]), Texts([.. entries.Select(one => one.SellerId)]),
            Texts([.. entries.Select(one => one.Currency)]), Texts([.. entries.Select(one => StoredNames.Of(one.Kind))]),
            Integers([.. entries.Select(one => one.Invoice)]), MaybeIntegers([.. entries.Select(one => one.CreditNote)]),
            MaybeIntegers([.. entries.Select(one => one.Attempt)]), Longs([.. entries.Select(one => one.Amount)]),
            Instants([.. entries.Select(one => one.CreatedAt)]),
            Texts([.. notes.Select(one => one.SubscriptionId)]), Integers([.. notes.Select(one => one.Ordinal)]),
            Texts([.. notes.Select(one => one.SellerId)]), Texts([.. notes.Select(one => one.CustomerId)]),
            Texts([.. notes.Select(one => one.Currency)]), Integers([.. notes.Select(one => one.Invoice)]),
            Booleans([.. notes.Select(one => one.ToCredit)]), Longs([.. notes.Select(one => one.Amount)]),
            Longs([.. notes.Select(one => one.Tax)]), MaybeTexts([.. notes.Select(one => one.Reason)]),
            Instants([.. notes.Select(one => one.CreatedAt)]),
            Texts([.. chargebacks.Select(one => one.SubscriptionId)]), Integers([.. chargebacks.Select(one => one.Invoice)]),
            Integers([.. chargebacks.Select(one => one.Attempt)]), Texts([.. chargebacks.Select(one => one.SellerId)]),
            Texts([.. chargebacks.Select(one => one.CustomerId)]), Texts([.. chargebacks.Select(one => one.Currency)]),
            Texts([.. chargebacks.Select(one => StoredNames.Of(one.Status))]), Longs([.. chargebacks.Select(one => one.Amount)]),
            Longs([.. chargebacks.Select(one => one.CreditTaken)]), MaybeTexts([.. chargebacks.Select(one => one.Reason)]),
            Instants([.. chargebacks.Select(one => one.OpenedAt)]), MaybeInstants([.. chargebacks.Select(one => one.ClosedAt)]),
            MaybeLongs([.. notes.Select(one => one.ReasonSequence)]), MaybeLongs([.. chargebacks.Select(one => one.ReasonSequence)]),
        ];
    }
}
