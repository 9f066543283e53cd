namespace OrleansBilling.LoadTests.Telco;

/// <summary>One line of the file.</summary>
/// <param name="Id">The customer.</param>
/// <param name="TenureMonths">Months of service, all paid; 0 for a customer who has not started yet.</param>
/// <param name="Contract">The contract type, as in the file.</param>
/// <param name="MonthlyCents">The monthly charge in cents.</param>
/// <param name="Churned">Whether the customer left.</param>
internal sealed record TelcoCustomer(string Id, int TenureMonths, string Contract, long MonthlyCents, bool Churned)
{
    /// <summary>The customer is not billed during the replay.</summary>
    public bool Waiting => TenureMonths == 0;

    /// <summary>The customer leaves during the replay.</summary>
    public bool Leaves => Churned && !Waiting;

    public long PaidCents => TenureMonths * MonthlyCents;
}
