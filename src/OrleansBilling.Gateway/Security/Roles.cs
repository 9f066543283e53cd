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
    Partner = 8,
    SellerOrAdministrator = Seller | Administrator,
    CustomerOrAdministrator = Customer | Administrator,

    /// <summary>Who may be owed money, and who runs the books.</summary>
    PartyOrAdministrator = Partner | Seller | Administrator,

    /// <summary>Not partners: they see what they are owed and what they brought in, and nothing else.</summary>
    Everyone = Customer | Seller | Administrator,
}

internal static class RolesExtensions
{
    public static bool Allow(this Roles roles, Role role) => role switch
    {
        Role.Administrator => roles.HasFlag(Roles.Administrator),
        Role.Seller => roles.HasFlag(Roles.Seller),
        Role.Customer => roles.HasFlag(Roles.Customer),
        Role.Partner => roles.HasFlag(Roles.Partner),
        _ => false,
    };
}
