using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace OrleansBilling.PaymentSimulator.Book;

/// <summary>Reads committed rows for audits, concurrently with the writer.</summary>
internal sealed class BookReader(IOptions<SimulatorSettings> settings)
{
    public BookedCharge? FindCharge(string key)
    {
        using var connection = BookFile.OpenForReading(settings.Value.BookPath);
        using var command = connection.CreateCommand();
        command.CommandText = $"select {BookedCharge.Columns} from charge where key = $key";
        command.Parameters.AddWithValue("$key", key);
        using var rows = command.ExecuteReader();
        return rows.Read() ? BookedCharge.Read(rows) : null;
    }

    public BookPage<BookedCharge> ReadCharges(PageRequest page) => ReadPage("charge", BookedCharge.Columns, BookedCharge.Read, page);

    public BookPage<BookedRefund> ReadRefunds(PageRequest page) => ReadPage("refund", BookedRefund.Columns, BookedRefund.Read, page);

    /// <summary>Uses one statement, so the figures are consistent even while more is booked.</summary>
    public BookSummary Summarise()
    {
        using var connection = BookFile.OpenForReading(settings.Value.BookPath);
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            select currency, outcome, count(*), sum(amount / 1000000000), sum(amount % 1000000000),
              sum(refunded / 1000000000), sum(refunded % 1000000000)
            from charge group by currency, outcome order by currency
            """;
        using var rows = command.ExecuteReader();
        var summary = new BookSummary();
        while (rows.Read())
            summary.Add(rows.GetString(0), BookColumns.Outcome(rows, 1), rows.GetInt64(2), Sum(rows, 3), Sum(rows, 5));
        return summary;
    }

    /// <summary>Combines a sum from two columns, billions and rest. A sum may exceed 64 bits, and SQLite would then fail.</summary>
    private static Int128 Sum(SqliteDataReader rows, int column) =>
        ((Int128)rows.GetInt64(column) * 1_000_000_000) + rows.GetInt64(column + 1);

    private BookPage<T> ReadPage<T>(string table, string columns, Func<SqliteDataReader, T> read, PageRequest page)
        where T : IBookRow
    {
        using var connection = BookFile.OpenForReading(settings.Value.BookPath);
        using var command = connection.CreateCommand();
        command.CommandText = $"select {columns} from {table} where sequence > $after order by sequence limit $limit";
        command.Parameters.AddWithValue("$after", page.After);
        // One extra row shows whether there is another page.
        command.Parameters.AddWithValue("$limit", page.Limit + 1);
        using var rows = command.ExecuteReader();
        var items = new List<T>();
        while (rows.Read()) items.Add(read(rows));
        if (items.Count <= page.Limit) return new BookPage<T>(items, null);
        items.RemoveAt(page.Limit);
        return new BookPage<T>(items, PageRequest.Cursor(items[^1].Sequence));
    }
}
