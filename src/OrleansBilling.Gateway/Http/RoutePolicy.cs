using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// What follows from a route's method and path, so that a new route is never open or forgetful by oversight: what changes something
/// needs the scope <c>commands</c>, and what makes something new is remembered under its idempotency key.
/// </summary>
internal static class RoutePolicy
{
    /// <summary>The scopes of which a limited key needs one; none if only a key without limits may use the route.</summary>
    public static KeyScopes ScopesOf(string method, string path)
    {
        if (IsWithin(path, "/v1/api-keys") || IsWithin(path, "/v1/console-links")) return KeyScopes.None;

        // A session has the scopes of its key, so every key may begin and end one.
        if (IsWithin(path, "/v1/console-sessions"))
            return KeyScopes.Read | KeyScopes.Commands | KeyScopes.Statistics | KeyScopes.SignIn;
        if (IsWithin(path, "/v1/statistics") || IsWithin(path, "/v1/simulations")) return KeyScopes.Statistics;
        if (method == "GET") return KeyScopes.Read;
        return path.EndsWith("/preview", StringComparison.Ordinal) ? KeyScopes.Read | KeyScopes.Commands : KeyScopes.Commands;
    }

    /// <summary>
    /// Whether a route makes or ends keys. A session of the console may not: whoever stole one could give himself something that outlives
    /// it.
    /// </summary>
    public static bool ChangesKeys(string method, string path) =>
        method != "GET" && (IsWithin(path, "/v1/api-keys") || IsWithin(path, "/v1/console-links"));

    /// <summary>
    /// Whether a request may have an idempotency key: what makes something new, and the patch of a subscription, which is its command.
    /// </summary>
    public static bool TakesKey(string method, string path) =>
        MakesNew(method, path) || (method == "PATCH" && IsWithin(path, "/v1/subscriptions"));

    /// <summary>
    /// Whether the answer to a request with a key is remembered here. Subscriptions remember their commands themselves, also those that
    /// come from the payment provider, and simulations are found by their key.
    /// </summary>
    public static bool Remembers(string method, string path) =>
        MakesNew(method, path) && !IsWithin(path, "/v1/subscriptions") && !IsWithin(path, "/v1/invoices") &&
        !IsWithin(path, "/v1/payments") && !IsWithin(path, "/v1/simulations");

    /// <summary>Whether an answer has a secret.</summary>
    public static bool BearsSecret(string method, string path) =>
        method == "POST" &&
        path is "/v1/api-keys" or "/v1/customer-tokens" or "/v1/webhook-endpoints" or "/v1/webhook-endpoints/{id}/rotate-secret";

    /// <summary>Whether an answer has what makes a person known, which is stored in the customer's row only.</summary>
    public static bool ShowsPerson(string method, string path) => method == "POST" && IsWithin(path, "/v1/customers");

    /// <summary>
    /// A POST, and the PUT of an offer, which makes its next version. Links and sessions of the console need no key: another one does no
    /// harm.
    /// </summary>
    private static bool MakesNew(string method, string path) =>
        (method == "POST" && !IsWithin(path, "/v1/console-links") && !IsWithin(path, "/v1/console-sessions")) ||
        (method == "PUT" && IsWithin(path, "/v1/offers"));

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');
}
