using System.Globalization;
using System.Net;

namespace OrleansBilling.Delivery.Outbound;

/// <summary>Whether a URL is good to send to: the result of <see cref="Check"/>.</summary>
public abstract record OutboundUrl
{
    /// <summary>The longest URL, in characters.</summary>
    public const int CharactersMax = 2_048;

    /// <summary>Names that only this machine or its networks know, and all names below them.</summary>
    private static readonly string[] InternalNames =
        ["localhost", "localdomain", "local", "internal", "intranet", "lan", "corp", "home", "private", "home.arpa"];

    private static readonly string TooLong =
        string.Create(CultureInfo.InvariantCulture, $"A URL has at most {CharactersMax:N0} characters.");

    private OutboundUrl()
    {
    }

    /// <summary>
    /// Checks the text of a URL. The addresses of its host are checked at each connection (<see cref="OutboundClient"/>).
    /// </summary>
    /// <param name="allowPrivate">Accepts http, and hosts that are not of the internet: for tests and closed networks.</param>
    public static OutboundUrl Check(string url, bool allowPrivate)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.Length > CharactersMax) return new Refused("url_too_long", TooLong);
        if (FindFault(url) is { } fault) return fault;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Port == 0) return Invalid("This is not a URL.");
        if (uri.Scheme == Uri.UriSchemeHttp && !allowPrivate) return new Refused("url_not_https", "The URL must begin with https://.");

        return uri.HostNameType switch
        {
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => IsGood(IPAddress.Parse(uri.Host), allowPrivate)
                ? new Accepted(uri)
                : new Refused("url_not_public", "The address in the URL is not a public address of the internet."),
            UriHostNameType.Dns => CheckName(uri, allowPrivate),
            _ => Invalid("The host of the URL is neither a name nor an address."),
        };
    }

    /// <summary>Faults that a parser would forgive, or read otherwise than the next one.</summary>
    private static Refused? FindFault(string url)
    {
        foreach (var c in url)
        {
            if (c is <= ' ' or > '~' or '\\')
                return Invalid("A URL has printable ASCII characters only, and no backslash. Encode others: %20, xn--….");
        }

        var authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (authority < 3) return Invalid("A URL is absolute: it begins with https://.");
        if (!url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            return new Refused("url_not_https", "The URL must begin with https://.");
        if (url.Contains('#', StringComparison.Ordinal)) return new Refused("url_has_fragment", "The URL must not have a fragment (#…).");

        var host = url.AsSpan(authority);
        if (host.IndexOfAny('/', '?') is >= 0 and var end) host = host[..end];
        if (host.Contains('@')) return new Refused("url_has_user", "The URL must not have a user name or password (…@).");
        return host.Contains('%') ? Invalid("The host of the URL must not be percent-encoded, nor name a network interface.") : null;
    }

    private static OutboundUrl CheckName(Uri uri, bool allowPrivate)
    {
        var name = uri.IdnHost.AsSpan().TrimEnd('.');
        var last = name[(name.LastIndexOf('.') + 1)..];
        // A name that ends in a number is an address to some resolvers, and a top-level domain is never a number.
        if (last.IsEmpty || char.IsAsciiDigit(last[0])) return Invalid("The host of the URL is neither a name nor an address.");
        if (allowPrivate) return new Accepted(uri);
        if (last.Length == name.Length || IsInternal(name))
            return new Refused("url_not_public", "The name in the URL is not a public name of the internet.");
        return new Accepted(uri);
    }

    private static bool IsInternal(ReadOnlySpan<char> name)
    {
        foreach (var known in InternalNames)
        {
            if (!name.EndsWith(known, StringComparison.OrdinalIgnoreCase)) continue;
            if (name.Length == known.Length || name[^(known.Length + 1)] == '.') return true;
        }

        return false;
    }

    private static bool IsGood(IPAddress address, bool allowPrivate) => allowPrivate || GlobalAddress.IsGlobal(address);

    private static Refused Invalid(string detail) => new("url_invalid", detail);

    /// <summary>Nothing in the text speaks against it.</summary>
    /// <param name="Url">With its host in the usual spelling.</param>
    public sealed record Accepted(Uri Url) : OutboundUrl;

    /// <param name="Code">For programs: url_too_long, url_invalid, url_not_https, url_has_fragment, url_has_user or url_not_public.</param>
    /// <param name="Detail">A sentence for people.</param>
    public sealed record Refused(string Code, string Detail) : OutboundUrl;
}
