using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Images;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Sellers;

namespace OrleansBilling.Gateway.Routes;

/// <summary>Logos of sellers. A seller has its own; for others there is none.</summary>
internal sealed class SellerLogoRoutes(ISellerStore sellers) : IRouteGroup
{
    private const string Tag = "Sellers";
    private const string Path = "/v1/sellers/{id}/logo";
    private const string ContentType = "image/png";

    private static readonly ApiError NoLogo = new(404, "logo_not_found", "The seller has no logo.");

    /// <summary>Pictures are decoded a few at a time: each takes up to 32 MiB while it lasts.</summary>
    private static readonly SemaphoreSlim Turns = new(Environment.ProcessorCount);

    public void Map(ApiRoutes api)
    {
        api.PutImage(Path, Roles.SellerOrAdministrator, LogoImage.UploadBytesMax, PutAsync)
            .Named("sellers_put_logo").Answers(200, typeof(SellerLogoDocument)).Describe(
                Tag, "Stores a seller's logo",
                "A PNG or JPEG of at most 256 KiB and 2048 pixels a side. It is written anew as a PNG of at most 1024 pixels a side, " +
                "without anything but its pixels.");
        api.Get(Path, Roles.SellerOrAdministrator, GetAsync)
            .Named("sellers_get_logo").Answers(200, typeof(byte[]), ContentType).AnswersNothing(304).Describe(
                Tag, "Shows a seller's logo", "The picture itself. With If-None-Match, 304 if it is the same.");
        api.Delete(Path, Roles.SellerOrAdministrator, DeleteAsync)
            .Named("sellers_delete_logo").AnswersNothing().Describe(Tag, "Removes a seller's logo");
    }

    private async ValueTask<IResult> PutAsync(ApiCall call, ImageBody body)
    {
        if (!SellerRoutes.IsOwn(call)) return Answers.Problem(SellerRoutes.NotFound);
        var (logo, error) = await ReadAsync(body, call.Aborted);
        if (logo is null) return Answers.Problem(error!);
        if (await sellers.SaveLogoAsync(call.Id, logo, call.ExpectedVersion, call.Aborted) is not { } revision)
            return Answers.Problem(ApiErrors.From(Refusal.OtherVersion));
        var document = new SellerLogoDocument(call.Id, ContentType, logo.Width, logo.Height, logo.Png.Length);
        return Answers.Json(StatusCodes.Status200OK, document, GatewayJson.Default.SellerLogoDocument, version: revision);
    }

    private static async ValueTask<(SellerLogo? Logo, ApiError? Error)> ReadAsync(ImageBody body, CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return LogoImage.Read(body.Content);
        }
        finally
        {
            Turns.Release();
        }
    }

    private async ValueTask<IResult> GetAsync(ApiCall call)
    {
        if (!SellerRoutes.IsOwn(call)) return Answers.Problem(SellerRoutes.NotFound);
        return await sellers.FindLogoAsync(call.Id, call.Aborted) is { Logo: { } logo } stored
            ? new ImageAnswer(logo.Png, ContentType, stored.Revision)
            : Answers.Problem(NoLogo);
    }

    private async ValueTask<IResult> DeleteAsync(ApiCall call)
    {
        if (!SellerRoutes.IsOwn(call)) return Answers.Problem(SellerRoutes.NotFound);
        if (await sellers.FindLogoAsync(call.Id, call.Aborted) is not { Logo: not null }) return Answers.Problem(NoLogo);
        return await sellers.SaveLogoAsync(call.Id, null, call.ExpectedVersion, call.Aborted) is null
            ? Answers.Problem(ApiErrors.From(Refusal.OtherVersion))
            : Answers.NoContent;
    }
}
