namespace OrleansBilling.Domain.Subscriptions;

/// <summary>Who sent a message.</summary>
public enum MessageSender
{
    /// <summary>The subscription's customer.</summary>
    Customer,

    /// <summary>The seller.</summary>
    Seller,

    /// <summary>An administrator of the marketplace.</summary>
    Administrator,
}
