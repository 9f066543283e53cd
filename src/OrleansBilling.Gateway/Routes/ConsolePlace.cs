namespace OrleansBilling.Gateway.Routes;

/// <summary>Where browsers find the console.</summary>
/// <param name="Address">Its address, if it is not served by this process or browsers reach it in another way; null for the address under
/// which a request came.</param>
internal sealed record ConsolePlace(Uri? Address)
{
    public const string Path = "/console";

    public string Of(HttpRequest request) =>
        Address?.AbsoluteUri.TrimEnd('/') ?? $"{request.Scheme}://{request.Host.Value}{Path}";
}
