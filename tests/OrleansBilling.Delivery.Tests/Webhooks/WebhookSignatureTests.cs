using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansBilling.Delivery.Webhooks;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace OrleansBilling.Delivery.Tests.Webhooks;

/// <summary>Standard Webhooks: an example that other implementations test with, and another implementation.</summary>
public sealed class WebhookSignatureTests
{
    private const string Id = "evt_01";
    private const string Body = """{"id":"evt_01","type":"subscription.renewed","name":"Zoë ✓"}""";

    /// <summary>The other implementation knows the machine's clock only, and refuses what is five minutes old.</summary>
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static readonly WebhookSecret New = WebhookSecret.New(RandomNumberGenerator.Fill);
    private static readonly WebhookSecret Old = WebhookSecret.New(RandomNumberGenerator.Fill);

    [Fact]
    public void The_known_example_has_the_known_signature()
    {
        Assert.True(WebhookSecret.TryParse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var secret));
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Of([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, """{"test": 2432232314}"""u8));
    }

    [Fact]
    public void Another_implementation_verifies_it() => Verify(New, Sign(New));

    [Fact]
    public void Another_implementation_makes_the_same() =>
        Assert.Equal(new StandardWebhook(New.Text).Sign(Id, DateTimeOffset.FromUnixTimeSeconds(Now), Body), Sign(New));

    [Fact]
    public void During_a_rotation_either_secret_verifies_it()
    {
        var both = Sign(New, Old);
        Assert.Equal($"{Sign(New)} {Sign(Old)} {Sign(Old)}", both);
        Verify(New, both);
        Verify(Old, both);
    }

    [Fact]
    public void Nothing_else_verifies_it()
    {
        var signature = Sign(New);
        Assert.Throws<WebhookVerificationException>(() => Verify(Old, signature));
        Assert.Throws<WebhookVerificationException>(() => Verify(New, signature, id: "evt_02"));
        Assert.Throws<WebhookVerificationException>(() => Verify(New, signature, timestamp: Now + 1));
        Assert.Throws<WebhookVerificationException>(() => Verify(New, signature, body: Body + " "));
    }

    [Fact]
    public void Nothing_is_sent_unsigned() =>
        Assert.Throws<ArgumentException>(() => WebhookSignature.Of([], Id, Now, Encoding.UTF8.GetBytes(Body)));

    private static string Sign(params WebhookSecret[] secrets) => WebhookSignature.Of(secrets, Id, Now, Encoding.UTF8.GetBytes(Body));

    private static void Verify(WebhookSecret secret, string signature, string id = Id, long? timestamp = null, string body = Body) =>
        new StandardWebhook(secret.Text).Verify(body, new HeaderDictionary
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = (timestamp ?? Now).ToString(CultureInfo.InvariantCulture),
            ["webhook-signature"] = signature,
        });
}
