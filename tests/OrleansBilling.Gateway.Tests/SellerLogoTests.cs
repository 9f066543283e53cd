using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using OrleansBilling.Gateway.Tests.Harness;
using SkiaSharp;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Logos of sellers: written anew from a PNG or JPEG, so that nothing but pixels is stored.</summary>
public sealed class SellerLogoTests : IAsyncLifetime
{
    private const string Path = "/v1/sellers/acme/logo";

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_picture_is_stored_without_anything_but_its_pixels()
    {
        var seller = await gateway.AsSellerAsync("acme");
        var upload = WithText(Picture(40, 20, SKEncodedImageFormat.Png), "Comment\0not for customers");
        var stored = (await seller.PutPictureAsync(Path, upload)).Expect(200);
        Assert.Equal(
            ("acme", "image/png", 40, 20, "\"1\""),
            (stored.String("seller_id"), stored.String("content_type"), stored.Number("width"), stored.Number("height"),
                stored.Headers.ETag?.ToString()));

        var (shown, content) = await ReadAsync(seller);
        Assert.Equal(("image/png", "\"1\""), (content.Type, shown.ETag?.ToString()));
        Assert.Equal("nosniff", Assert.Single(shown.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'", Assert.Single(shown.GetValues("Content-Security-Policy")));
        Assert.Equal(stored.Number("bytes"), content.Bytes.Length);
        Assert.DoesNotContain("not for customers", Encoding.Latin1.GetString(content.Bytes), StringComparison.Ordinal);
        using var picture = SKBitmap.Decode(content.Bytes);
        Assert.Equal((40, 20), (picture.Width, picture.Height));
        Assert.Equal((SKColors.Red, SKColors.Blue), (picture.GetPixel(0, 0), picture.GetPixel(39, 19)));
    }

    /// <summary>A camera writes how it was held; the numbers are those of EXIF.</summary>
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public async Task A_photo_stands_upright(byte orientation, int redAcross, int redDown)
    {
        var upload = WithOrientation(Picture(64, 32, SKEncodedImageFormat.Jpeg), orientation);
        var stored = (await gateway.Admin.PutPictureAsync(Path, upload, "image/jpeg")).Expect(200);
        var (width, height) = orientation < 5 ? (64, 32) : (32, 64);
        Assert.Equal((width, height), ((int)stored.Number("width"), (int)stored.Number("height")));

        using var picture = SKBitmap.Decode((await ReadAsync(gateway.Admin)).Content.Bytes);
        var red = picture.GetPixel(redAcross * (width - 1), redDown * (height - 1));
        Assert.True(red is { Red: > 200, Green: < 60, Blue: < 60 }, red.ToString());
    }

    [Fact]
    public async Task A_large_picture_becomes_small_enough()
    {
        var flat = (await gateway.Admin.PutPictureAsync(Path, Picture(2_048, 1_024, SKEncodedImageFormat.Png))).Expect(200);
        Assert.Equal((1_024, 512), ((int)flat.Number("width"), (int)flat.Number("height")));

        // A picture of noise is the largest of its pixels: as a PNG, 1,024 of a side are 4 MiB.
        var noise = Encode(Noise(1_024, 1_024), SKEncodedImageFormat.Jpeg, 20);
        var stored = (await gateway.Admin.PutPictureAsync(Path, noise, "image/jpeg")).Expect(200);
        Assert.InRange(stored.Number("bytes"), 1, 1024 * 1024);
        Assert.Equal(stored.Number("width"), stored.Number("height"));
        Assert.True(stored.Number("width") < 1_024);
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused_and_the_logo_stays()
    {
        var good = Picture(8, 8, SKEncodedImageFormat.Png);
        (await gateway.Admin.PutPictureAsync(Path, good)).Expect(200);

        await RefusedAsync([], 422, "not_an_image");
        await RefusedAsync("<svg onload='alert(1)'/>"u8.ToArray(), 422, "not_an_image");
        await RefusedAsync(good[..(good.Length / 2)], 422, "not_an_image");
        await RefusedAsync(Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), 422, "not_an_image");
        await RefusedAsync(Picture(8, 8, SKEncodedImageFormat.Webp), 422, "not_an_image");
        await RefusedAsync(Picture(2_049, 1, SKEncodedImageFormat.Png), 422, "image_too_large");
        await RefusedAsync(ClaimingToBe(60_000, 60_000), 422, "image_too_large");
        await RefusedAsync(new byte[256 * 1024], 422, "not_an_image");
        (await gateway.Admin.PutPictureAsync(Path, new byte[256 * 1024 + 1])).ExpectProblem(413, "body_too_large");
        foreach (var type in new[] { null, "application/json", "image/svg+xml", "image/gif" })
            (await gateway.Admin.PutPictureAsync(Path, good, type)).ExpectProblem(415, "unsupported_media_type");
        Assert.Equal("\"1\"", (await ReadAsync(gateway.Admin)).Headers.ETag?.ToString());

        async Task RefusedAsync(byte[] upload, int status, string code) =>
            (await gateway.Admin.PutPictureAsync(Path, upload)).ExpectProblem(status, code, "body");
    }

    [Fact]
    public async Task Old_versions_do_not_overwrite_and_removed_logos_are_gone()
    {
        var (seller, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        (await seller.GetAsync(Path)).ExpectProblem(404, "logo_not_found");
        (await seller.DeleteAsync(Path)).ExpectProblem(404, "logo_not_found");
        (await PutAsync(seller, "\"1\"")).ExpectProblem(412, "version_mismatch", "If-Match");
        (await seller.PutPictureAsync(Path, Picture(8, 8, SKEncodedImageFormat.Png))).Expect(200);
        (await PutAsync(seller, "\"1\"")).Expect(200);
        (await PutAsync(seller, "\"1\"")).ExpectProblem(412, "version_mismatch", "If-Match");
        (await other.PutPictureAsync(Path, Picture(8, 8, SKEncodedImageFormat.Png))).ExpectProblem(404, "seller_not_found");
        (await other.GetAsync(Path)).ExpectProblem(404, "seller_not_found");
        (await other.DeleteAsync(Path)).ExpectProblem(404, "seller_not_found");

        using var known = new HttpRequestMessage(HttpMethod.Get, Path);
        known.Headers.TryAddWithoutValidation("If-None-Match", "\"2\"");
        Assert.Empty((await seller.SendAsync(known)).Expect(304).Text);

        (await seller.DeleteAsync(Path)).Expect(204);
        (await seller.GetAsync(Path)).ExpectProblem(404, "logo_not_found");
        var again = (await seller.PutPictureAsync(Path, Picture(8, 8, SKEncodedImageFormat.Png))).Expect(200);
        Assert.Equal("\"4\"", again.Headers.ETag?.ToString());
    }

    private static async Task<Reply> PutAsync(ApiClient api, string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path)
        {
            Content = new ByteArrayContent(Picture(8, 8, SKEncodedImageFormat.Png)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await api.SendAsync(request);
    }

    private static async Task<(HttpResponseHeaders Headers, (string? Type, byte[] Bytes) Content)> ReadAsync(ApiClient api)
    {
        var reply = (await api.GetAsync(Path)).Expect(200);
        return (reply.Headers, (reply.ContentType, reply.Bytes));
    }

    /// <summary>Blue, with a red quarter at the upper left.</summary>
    private static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var red = new SKPaint { Color = SKColors.Red };
        canvas.Clear(SKColors.Blue);
        canvas.DrawRect(0, 0, width / 2, height / 2, red);
        return Encode(bitmap, format, 95);
    }

    private static SKBitmap Noise(int width, int height)
    {
        var bytes = new byte[width * height * 4];
        new Random(1).NextBytes(bytes);
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        System.Runtime.InteropServices.Marshal.Copy(bytes, 0, bitmap.GetPixels(), bytes.Length);
        return bitmap;
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format, int quality)
    {
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>Puts a text before the last chunk of a PNG.</summary>
    private static byte[] WithText(byte[] png, string text) =>
        [.. png[..^12], .. Chunk("tEXt", Encoding.Latin1.GetBytes(text)), .. png[^12..]];

    /// <summary>A PNG that says that it is very large, and has no pixels.</summary>
    private static byte[] ClaimingToBe(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        byte[] signature = [137, 80, 78, 71, 13, 10, 26, 10];
        return [.. signature, .. Chunk("IHDR", header), .. Chunk("IDAT", [120, 156, 3, 0, 0, 0, 0, 1]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(named));
        return [.. length, .. named, .. sum];
    }

    /// <summary>The CRC-32 of PNG.</summary>
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
        }

        return ~crc;
    }

    /// <summary>Puts the EXIF of a camera after the start of a JPEG.</summary>
    private static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }
}
