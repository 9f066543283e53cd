using System.Security.Cryptography;
using CsvHelper;

namespace OrleansBilling.LoadTests.Telco;

/// <summary>The customers in a file. Money is read as decimal and must be whole cents; nothing is rounded.</summary>
/// <param name="Customers">In the order of the file.</param>
/// <param name="Sha256">Hash of the file, in lower-case hex.</param>
/// <param name="Whole">Whether these are all customers of the file.</param>
internal sealed record CustomerFile(IReadOnlyList<TelcoCustomer> Customers, string Sha256, bool Whole)
{
    private const int CustomersMax = 1_000_000;
    private const int TenureMonthsMax = 110;

    private static readonly CsvReaderOptions Options = new() { Separator = ',', TrackLineNumbers = true, IncludeValuesInExceptions = true };

    /// <exception cref="BadArgumentException">The file is missing or invalid.</exception>
    public static CustomerFile Read(string path, int? limit)
    {
        if (!File.Exists(path))
            throw new BadArgumentException($"There is no file '{path}'. The data is described in ../shared/data/README.md.");
        var content = File.ReadAllBytes(path);
        using var csv = CsvReader.Create(content, Options);
        try
        {
            var customers = ReadRows(csv, limit ?? CustomersMax);
            if (customers.Count == 0) throw new BadArgumentException($"'{path}' has no customers.");
            return new CustomerFile(customers, Convert.ToHexStringLower(SHA256.HashData(content)), Whole: !csv.Read());
        }
        catch (CsvFormatException exception)
        {
            throw new BadArgumentException($"'{path}', line {csv.LineNumber}: {exception.Message}");
        }
    }

    private static List<TelcoCustomer> ReadRows(CsvReader csv, int most)
    {
        var columns = Columns.Of(csv);
        var customers = new List<TelcoCustomer>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (customers.Count < most && csv.Read())
        {
            var customer = ReadRow(csv, columns);
            if (!ids.Add(customer.Id)) throw Bad(csv, $"customer '{customer.Id}' appears twice");
            customers.Add(customer);
        }

        return customers;
    }

    private static TelcoCustomer ReadRow(CsvReader csv, Columns columns)
    {
        if (!csv.TryParse<int>(columns.Tenure, out var tenure) || tenure is < 0 or > TenureMonthsMax)
            throw Bad(csv, $"tenure must be 0 to {TenureMonthsMax} months");
        if (!csv.TryParse<decimal>(columns.MonthlyCharges, out var charges) || charges is <= 0m or > 1_000_000m ||
            charges * 100m % 1m != 0m)
            throw Bad(csv, "MonthlyCharges must be a positive amount in whole cents");
        var churned = csv.GetString(columns.Churn) switch
        {
            "Yes" => true,
            "No" => false,
            _ => throw Bad(csv, "Churn must be Yes or No"),
        };
        return new TelcoCustomer(csv.GetString(columns.Customer), tenure, csv.GetString(columns.Contract), (long)(charges * 100m), churned);
    }

    private static BadArgumentException Bad(CsvReader csv, string why) => new($"Line {csv.LineNumber}: {why}.");

    private sealed record Columns(int Customer, int Tenure, int Contract, int MonthlyCharges, int Churn)
    {
        public static Columns Of(CsvReader csv)
        {
            csv.ReadHeader();
            return new Columns(Index("customerID"), Index("tenure"), Index("Contract"), Index("MonthlyCharges"), Index("Churn"));

            int Index(string name) =>
                csv.TryGetFieldIndex(name, out var index) ? index : throw new BadArgumentException($"The file has no column '{name}'.");
        }
    }
}
