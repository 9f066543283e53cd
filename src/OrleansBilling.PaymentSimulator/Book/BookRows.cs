using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>A requested charge. A repeated request with the same key must be identical.</summary>
internal sealed record ChargeOrder(string Key, string Token, long Amount, string Currency, int Attempt);

/// <summary>A requested refund.</summary>
internal sealed record RefundOrder(string Key, string ChargeKey, long Amount, string Currency);

/// <summary>A row of the book that can be paged through.</summary>
internal interface IBookRow
{
    /// <summary>The row's position in the book, from 1.</summary>
    long Sequence { get; }
}

/// <summary>A booked charge. <paramref name="Asks"/> counts requests with its key and body.</summary>
internal sealed record BookedCharge(
    long Sequence,
    string Key,
    string Token,
    long Amount,
    string Currency,
    int Attempt,
    DateTime At,
    BookedOutcome Outcome,
    string? Code,
    bool Hard,
    long Refunded,
    int Asks) : IBookRow
{
    public const string Columns = "sequence, key, token, amount, currency, attempt, at, outcome, code, hard, refunded, asks";

    [JsonIgnore]
    public Verdict Verdict => new(Outcome, Code, Hard);

    public static BookedCharge Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetInt32(5), BookColumns.At(row, 6),
        BookColumns.Outcome(row, 7), BookColumns.Code(row, 8), row.GetBoolean(9), row.GetInt64(10), row.GetInt32(11));
}

/// <summary>A booked refund. <paramref name="Asks"/> counts requests with its key and body.</summary>
internal sealed record BookedRefund(
    long Sequence,
    string Key,
    string ChargeKey,
    long Amount,
    string Currency,
    DateTime At,
    BookedOutcome Outcome,
    string? Code,
    bool Hard,
    int Asks) : IBookRow
{
    public const string Columns = "sequence, key, charge_key, amount, currency, at, outcome, code, hard, asks";

    [JsonIgnore]
    public Verdict Verdict => new(Outcome, Code, Hard);

    public static BookedRefund Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4), BookColumns.At(row, 5),
        BookColumns.Outcome(row, 6), BookColumns.Code(row, 7), row.GetBoolean(8), row.GetInt32(9));
}

/// <summary>The stored form of instants, outcomes and codes.</summary>
internal static class BookColumns
{
    public static long Spell(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static string Spell(BookedOutcome outcome) => outcome switch
    {
        BookedOutcome.Succeeded => "succeeded",
        BookedOutcome.Declined => "declined",
        BookedOutcome.Pending => "pending",
        _ => throw new InvalidOperationException($"{outcome} is never booked."),
    };

    public static DateTime At(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column)).UtcDateTime;

    public static string? Code(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static BookedOutcome Outcome(SqliteDataReader row, int column) => row.GetString(column) switch
    {
        "succeeded" => BookedOutcome.Succeeded,
        "declined" => BookedOutcome.Declined,
        "pending" => BookedOutcome.Pending,
        var text => throw new InvalidOperationException($"The book contains the unknown outcome '{text}'."),
    };
}
