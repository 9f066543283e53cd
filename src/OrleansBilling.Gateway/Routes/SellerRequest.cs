using System.Globalization;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Sellers;

namespace OrleansBilling.Gateway.Routes;

/// <summary>A seller's profile as a request describes it.</summary>
internal static class SellerRequest
{
    public static ApiError? Validate(SellerBody body)
    {
        var check = new Check();
        check.Text(body.Name, "name", FieldLimits.NameCharactersMax);
        check.Text(body.LegalName, "legal_name", FieldLimits.NameCharactersMax);
        if (body.Address is { } address) CheckAddress(ref check, address);
        check.Text(body.TaxId, "tax_id", FieldLimits.TaxIdCharactersMax);
        check.Email(body.Email, "email");
        check.Locale(body.Locale, "locale");
        check.TimeZone(body.TimeZone, "time_zone");
        CheckReturnUrls(ref check, body.ReturnUrls);
        return check.Error;
    }

    public static SellerProfile ToProfile(SellerBody body, string id) => new(id, body.Name)
    {
        LegalName = body.LegalName,
        Address = body.Address is { } address
            ? new SellerAddress([.. address.Lines ?? []], address.City, address.Region, address.PostalCode, address.Country)
            : null,
        TaxId = body.TaxId,
        Email = body.Email,
        Locale = body.Locale,
        TimeZone = body.TimeZone,
        ReturnUrls = [.. body.ReturnUrls ?? []],
    };

    private static void CheckAddress(ref Check check, SellerAddressBody address)
    {
        if (check.List(address.Lines, "address.lines", 0, SellerAddress.LinesMax))
        {
            for (var n = 0; n < address.Lines!.Count; n++)
                check.Text(address.Lines[n], Indexed("address.lines", n), FieldLimits.NameCharactersMax);
        }

        check.Text(address.City, "address.city", FieldLimits.NameCharactersMax);
        check.Text(address.Region, "address.region", FieldLimits.NameCharactersMax);
        check.Text(address.PostalCode, "address.postal_code", FieldLimits.PostalCodeCharactersMax);
        check.Country(address.Country, "address.country");
    }

    private static void CheckReturnUrls(ref Check check, IReadOnlyList<string>? urls)
    {
        if (!check.List(urls, "return_urls", 0, SellerProfile.ReturnUrlsMax)) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < urls!.Count; n++)
        {
            var field = Indexed("return_urls", n);
            if (!check.Text(urls[n], field, FieldLimits.UrlCharactersMax)) continue;
            if (!IsReturnUrl(urls[n]))
                check.Fail(new ApiError(
                    422, "invalid_url", $"{field} must be an https address without a password and a fragment.", field));
            else check.Once(seen, urls[n], field);
        }
    }

    /// <summary>Pages compare what they are given with this list, so that nobody is sent to a stranger.</summary>
    private static bool IsReturnUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttps && parsed.Host.Length > 0 &&
            parsed.UserInfo.Length == 0 && parsed.Fragment.Length == 0;

    private static string Indexed(string field, int n) => string.Create(CultureInfo.InvariantCulture, $"{field}[{n}]");
}
