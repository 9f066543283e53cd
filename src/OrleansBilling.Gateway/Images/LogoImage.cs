using OrleansBilling.Gateway.Problems;
using OrleansBilling.Runtime.Sellers;
using SkiaSharp;

namespace OrleansBilling.Gateway.Images;

/// <summary>
/// Makes a logo of an uploaded picture: decoded, turned as its camera said, made small enough, and written anew, so that nothing but its
/// pixels remains. What it says of its size is checked before memory is taken for it.
/// </summary>
internal static class LogoImage
{
    /// <summary>The largest upload.</summary>
    public const int UploadBytesMax = 256 * 1024;

    /// <summary>The longest side of an upload in pixels: at most 16 MiB when it is decoded.</summary>
    public const int UploadSideMax = 2_048;

    /// <summary>The largest stored logo.</summary>
    public const int StoredBytesMax = 1024 * 1024;

    /// <summary>The longest side of a stored logo in pixels: 8 cm in print.</summary>
    private const int StoredSideMax = 1_024;

    private static readonly SKSamplingOptions Smoothly = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Returns the logo, or what is wrong with the picture.</summary>
    public static (SellerLogo? Logo, ApiError? Error) Read(byte[] upload)
    {
        using var data = SKData.CreateCopy(upload);
        using var codec = SKCodec.Create(data);
        if (codec?.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg)) return (null, NotAnImage);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width > UploadSideMax || height > UploadSideMax) return (null, TooLarge);
        var decoded = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        using var pixels = new SKBitmap(decoded);
        if (codec.GetPixels(pixels.Info, pixels.GetPixels()) != SKCodecResult.Success) return (null, NotAnImage);
        using var upright = Turn(pixels, codec.EncodedOrigin);
        return (Encode(upright), null);
    }

    private static ApiError NotAnImage { get; } = new(422, "not_an_image", "The body is not a whole PNG or JPEG picture.", "body");

    private static ApiError TooLarge { get; } = new(
        422, "image_too_large", $"The picture must be at most {UploadSideMax} pixels wide and high.", "body");

    /// <summary>Halves the picture until it fits. Most logos fit at once; a photo as a PNG does at 512 pixels.</summary>
    private static SellerLogo Encode(SKBitmap picture)
    {
        for (var side = Math.Min(StoredSideMax, Math.Max(picture.Width, picture.Height)); ; side /= 2)
        {
            using var scaled = Fit(picture, side);
            using var png = scaled.Encode(SKEncodedImageFormat.Png, quality: 100);
            if (png.Size <= StoredBytesMax) return new SellerLogo(png.ToArray(), scaled.Width, scaled.Height);
        }
    }

    private static SKBitmap Fit(SKBitmap picture, int side)
    {
        var scale = Math.Min(1, (double)side / Math.Max(picture.Width, picture.Height));
        var (width, height) = (Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        return picture.Resize(picture.Info.WithSize(width, height), Smoothly);
    }

    private static SKBitmap Turn(SKBitmap picture, SKEncodedOrigin origin)
    {
        var isAcross = origin >= SKEncodedOrigin.LeftTop;
        var (width, height) = isAcross ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var turned = new SKBitmap(picture.Info.WithSize(width, height));
        using var canvas = new SKCanvas(turned);
        canvas.Clear(SKColors.Transparent);
        canvas.SetMatrix(MatrixOf(origin, width, height));
        canvas.DrawBitmap(picture, 0, 0, Smoothly);
        return turned;
    }

    /// <summary>The eight orientations of EXIF; width and height are those of the turned picture.</summary>
    private static SKMatrix MatrixOf(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
