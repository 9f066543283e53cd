namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Who may do what.</summary>
public enum Role
{
    /// <summary>The billing runtime itself: due work and payment outcomes.</summary>
    System,

    /// <summary>The operator of the marketplace.</summary>
    Administrator,

    /// <summary>A seller; its own products only.</summary>
    Seller,

    /// <summary>A customer; its own subscriptions only.</summary>
    Customer,
}

/// <summary>Who asks, as authenticated.</summary>
/// <param name="Role">What it may do.</param>
/// <param name="Id">The seller's or customer's id; empty for system and administrator.</param>
/// <param name="SellerId">For a customer whose token a seller minted: only that seller's products; null for all.</param>
public sealed record Caller(Role Role, string Id, string? SellerId = null)
{
    /// <summary>The billing runtime.</summary>
    public static Caller System { get; } = new(Role.System, "");

    /// <summary>The operator.</summary>
    public static Caller Administrator { get; } = new(Role.Administrator, "");

    /// <summary>Whether the caller may see and touch a subscription of this seller and customer.</summary>
    public bool MayTouch(string sellerId, string customerId) => Role switch
    {
        Role.System or Role.Administrator => true,
        Role.Seller => Id == sellerId,
        Role.Customer => Id == customerId && (SellerId is null || SellerId == sellerId),
        _ => false,
    };
}
