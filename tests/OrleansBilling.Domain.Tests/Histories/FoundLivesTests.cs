namespace OrleansBilling.Domain.Tests.Histories;

/// <summary>Lives that once broke a law, shrunk. What was wrong has a test of its own; these guard what lies around it.</summary>
public sealed class FoundLivesTests
{
    public static TheoryData<int, int[]> Scripts => new()
    {
        // "Parties share no more than was collected": a chargeback of one unit was rounded to nothing for every party.
        { 1068541618, [1847422271, 321384587, 354691274, 1016753898, 466586676, 1919358111] },

        // "What voided invoices gave back waits for the next bill": a scheduled cancellation did not void an unpaid change first.
        {
            339818215,
            [1398640373, 1088244456, 1089898317, 140847704, 1036132733, 993607544, 163838779, 788572278, 322771324, 1880017655, 1992285246,
                192455480, 109613502, 2035928524, 1961083852]
        },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void No_law_is_broken_any_more(int market, int[] steps) => RandomLife.Live(new Script(market, [.. steps]));
}
