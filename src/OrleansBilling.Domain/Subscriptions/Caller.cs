namespace OrleansBilling.Domain.Subscriptions;

public enum Role
{
    /// <summary>The billing runtime itself: it runs due work and reports payment outcomes.</summary>
    System,

    /// <summary>The operator of the marketplace.</summary>
    Administrator,

    /// <summary>A seller, limited to its own products.</summary>
    Seller,

    /// <summary>A customer, limited to its own subscriptions.</summary>
    Customer,

    /// <summary>An affiliate or co-producer, limited to what it is owed. It reaches no subscription.</summary>
    Partner,
}

/// <summary>The authenticated sender of a command.</summary>
/// <param name="Id">The seller's, customer's or partner's id; empty for the system and administrators.</param>
/// <param name="SellerId">
/// For a customer whose token was issued by a seller: limits access to that seller's products; null for no limit.
/// </param>
public sealed record Caller(Role Role, string Id, string? SellerId = null)
{
    public static Caller System { get; } = new(Role.System, "");

    public static Caller Administrator { get; } = new(Role.Administrator, "");

    /// <summary>Whether the caller may read and change a subscription of this seller and customer.</summary>
    public bool MayTouch(string sellerId, string customerId) => Role switch
    {
        Role.System or Role.Administrator => true,
        Role.Seller => Id == sellerId,
        Role.Customer => Id == customerId && (SellerId is null || SellerId == sellerId),
        _ => false,
    };
}
