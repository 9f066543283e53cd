namespace OrleansBilling.LoadTests.Telco;

/// <summary>One line of the file.</summary>
/// <param name="Id">The customer.</param>
/// <param name="TenureMonths">Months of service, all of them paid; 0 for one that has not started yet.</param>
/// <param name="Contract">As the file names it.</param>
/// <param name="MonthlyCents">The monthly charge in cents.</param>
/// <param name="Churned">Whether the customer left.</param>
internal sealed record TelcoCustomer(string Id, int TenureMonths, string Contract, long MonthlyCents, bool Churned)
{
    /// <summary>Not billed within the replay.</summary>
    public bool Waiting => TenureMonths == 0;

    /// <summary>Leaves within the replay.</summary>
    public bool Leaves => Churned && !Waiting;

    public long PaidCents => TenureMonths * MonthlyCents;
}
