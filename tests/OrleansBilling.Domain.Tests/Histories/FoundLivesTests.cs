namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>Lives that once broke a law, shrunk. What was wrong has a test of its own; these guard what lies around it.</summary>
public sealed class FoundLivesTests
{
    public static TheoryData<int, int[]> Scripts => new()
    {
        // "What voided invoices gave back waits for the next bill": a scheduled cancellation did not void an unpaid change first.
        { 715720632, [944141457, 390812493, 1335336547, 1783519203, 1332040705, 1426541076, 828642521] },
        {
            1307742224,
            [192022928, 631046343, 326931193, 475964834, 1506929662, 1964605864, 1944276855, 1790626597, 539282600, 1217051346, 1622057744,
                1250181304]
        },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void No_law_is_broken_any_more(int market, int[] steps) => RandomLife.Live(new Script(market, [.. steps]));
}
