using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Security;

/// <summary>Who may use a route at all; what it may see there is a matter of ownership.</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Administrator = 1,
    Seller = 2,
    Customer = 4,
    SellerOrAdministrator = Seller | Administrator,
    Everyone = Customer | Seller | Administrator,
}

/// <summary>Between the caller's role and a route's.</summary>
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
