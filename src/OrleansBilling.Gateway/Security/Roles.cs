using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Security;

/// <summary>Who may use a route. What they may see there depends on ownership.</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Administrator = 1,
    Seller = 2,
    Customer = 4,
    SellerOrAdministrator = Seller | Administrator,
    CustomerOrAdministrator = Customer | Administrator,
    Everyone = Customer | Seller | Administrator,
}

internal static class RolesExtensions
{
    public static bool Allow(this Roles roles, Role role) => role switch
    {
        Role.Administrator => roles.HasFlag(Roles.Administrator),
        Role.Seller => roles.HasFlag(Roles.Seller),
        Role.Customer => roles.HasFlag(Roles.Customer),
        _ => false,
    };
}
