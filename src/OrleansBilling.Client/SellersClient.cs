using OrleansBilling.Client.Http;

namespace OrleansBilling.Client;

public sealed partial class SellersClient
{
    /// <summary>Stores a seller's logo.</summary>
    /// <param name="id">The id of the seller.</param>
    /// <param name="picture">A PNG or JPEG of at most 256 KiB and 2,048 pixels a side.</param>
    /// <param name="contentType"><c>image/png</c> or <c>image/jpeg</c>.</param>
    public Task<SellerLogo> PutLogoAsync(
        string id, byte[] picture, string contentType, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            new ApiRequest(HttpMethod.Put, LogoOf(id), picture) { ContentType = contentType }, options, ApiJson.Default.SellerLogo,
            cancellationToken);

    /// <summary>Reads a seller's logo, a PNG.</summary>
    /// <param name="id">The id of the seller.</param>
    public Task<byte[]> GetLogoAsync(string id, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        api.SendAsync(new ApiRequest(HttpMethod.Get, LogoOf(id)), options, cancellationToken);

    private static string LogoOf(string id) => $"/v1/sellers/{ApiPath.Segment(id)}/logo";
}
