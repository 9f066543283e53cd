using System.Security.Cryptography;
using System.Text.Json;
using OrleansBilling.Delivery.Webhooks;

namespace OrleansBilling.Delivery.Tests.Webhooks;

public sealed class WebhookSecretTests
{
    [Fact]
    public void A_new_one_is_32_bytes_of_the_dice()
    {
        var secret = WebhookSecret.New(buffer => buffer.Fill(7));
        Assert.Equal("whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()), secret.Text);
    }

    [Fact]
    public void It_is_read_as_it_is_written()
    {
        var secret = WebhookSecret.New(RandomNumberGenerator.Fill);
        Assert.True(WebhookSecret.TryParse(secret.Text, out var again));
        Assert.Equal(secret.Text, again.Text);
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(25, true)]
    [InlineData(63, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(66, false)]
    [InlineData(10_000, false)]
    public void It_has_24_to_64_bytes(int bytes, bool good) =>
        Assert.Equal(good, WebhookSecret.TryParse("whsec_" + Convert.ToBase64String(new byte[bytes]), out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjU PD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw=")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAB==")] // the last bits would be lost
    public void No_other_spelling_is_read(string? text)
    {
        Assert.False(WebhookSecret.TryParse(text, out var secret));
        Assert.Null(secret);
    }

    [Fact]
    public void What_is_logged_or_serialized_does_not_tell_it()
    {
        var secret = WebhookSecret.New(RandomNumberGenerator.Fill);
        var key = secret.Text["whsec_".Length..];
        var request = new WebhookRequest(new Uri("https://example.com/"), "evt_1", default, [secret]);
        Assert.DoesNotContain(key, secret.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, $"{secret} {request}", StringComparison.Ordinal);
        Assert.DoesNotContain(key, JsonSerializer.Serialize(secret), StringComparison.Ordinal);
    }
}
