namespace OrleansBilling.LoadTests.Telco;

/// <summary>
/// The totals published with the file (shared/data/README.md), copied literally, so that they can reveal an error in our
/// arithmetic. They hold only for that exact file.
/// </summary>
internal static class PublishedTotals
{
    public const string FileSha256 = "16320c9c1ec72448db59aa0a26a0b95401046bef5d02fd3aeb906448e3055e91";
    public const string Subscriptions = "7,043";
    public const string Waiting = "11";
    public const string PaidRecurrences = "227,990";
    public const string Collected = "16,055,091.45";
    public const string Canceled = "1,869";
    public const string CanceledOfAll = "26.54 %";
    public const string RateWithWaiting = "36.12 %";
    public const string MeanLifetimeMonths = "17.979";

    public static IReadOnlyDictionary<string, string> CanceledByContract { get; } = new Dictionary<string, string>
    {
        ["Month-to-month"] = "1,655",
        ["One year"] = "166",
        ["Two year"] = "48",
    };
}
