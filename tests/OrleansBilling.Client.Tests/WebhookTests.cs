using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OrleansBilling.Client.Webhooks;
using StandardWebhooks;

namespace OrleansBilling.Client.Tests;

/// <summary>Verifying deliveries, with the package StandardWebhooks as second implementation.</summary>
public sealed class WebhookTests
{
    private const string Id = "evt_1";

    private static readonly string First = SecretOf(1);
    private static readonly string Second = SecretOf(2);

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """{"id":"evt_1","type":"subscription.renewed","subscription_id":"s","sequence":7,"data":{"subscription":{"id":"s"}}}""");

    /// <summary>The other implementation reads the clock of the machine.</summary>
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    private string Now => $"{now.ToUnixTimeSeconds()}";

    [Fact]
    public void What_the_other_implementation_signs_is_verified_here()
    {
        var signature = new StandardWebhook(First).Sign(Id, now, Encoding.UTF8.GetString(Body));
        Assert.Equal(WebhookVerdict.Valid, Verifier(First).Check(Id, Now, signature, Body));
        var happened = Verifier(First).Read(Id, Now, signature, Body);
        Assert.Equal((FeedEventType.SubscriptionRenewed, 7, "s"), (happened.Type, happened.Sequence, happened.Data.Subscription!.Id));
    }

    [Fact]
    public void That_an_endpoint_was_disabled_is_read_without_a_subscription()
    {
        var body = Encoding.UTF8.GetBytes(
            """
            {"id":"evt_1","type":"endpoint.disabled","subscription_id":null,"sequence":null,"seller_id":"luna",
             "data":{"subscription":null,"invoice":null,"endpoint":{"id":"hook","enabled":false,"disabled_reason":"gone"}}}
            """);
        var happened = Verifier(First).Read(Id, Now, Verifier(First).Sign(Id, now, body), body);
        Assert.Equal((FeedEventType.EndpointDisabled, null, null), (happened.Type, happened.SubscriptionId, happened.Sequence));
        Assert.Equal(("hook", DisabledBecause.Gone), (happened.Data.Endpoint!.Id, happened.Data.Endpoint.DisabledReason));
    }

    /// <summary>The other implementation looks at the first signature only.</summary>
    [Fact]
    public void What_is_signed_here_is_verified_by_the_other_implementation()
    {
        Verify(First, Verifier(First).Sign(Id, now, Body));
        Verify(First, Verifier(First, Second).Sign(Id, now, Body));
        Verify(Second, Verifier(Second, First).Sign(Id, now, Body));
        Assert.ThrowsAny<Exception>(() => Verify(SecretOf(3), Verifier(First).Sign(Id, now, Body)));

        void Verify(string secret, string signatures) => new StandardWebhook(secret).Verify(
            Encoding.UTF8.GetString(Body),
            new HeaderDictionary
            {
                [WebhookVerifier.IdHeader] = Id,
                [WebhookVerifier.TimestampHeader] = Now,
                [WebhookVerifier.SignatureHeader] = signatures,
            });
    }

    [Fact]
    public void While_a_secret_is_rotated_either_fits()
    {
        var both = Verifier(First, Second).Sign(Id, now, Body);
        Assert.Equal(2, both.Split(' ').Length);
        Assert.Equal(WebhookVerdict.Valid, Verifier(First).Check(Id, Now, both, Body));
        Assert.Equal(WebhookVerdict.Valid, Verifier(Second).Check(Id, Now, both, Body));
        Assert.Equal(WebhookVerdict.Valid, Verifier(SecretOf(3), First).Check(Id, Now, Verifier(First).Sign(Id, now, Body), Body));
        Assert.Equal(WebhookVerdict.Forged, Verifier(SecretOf(3)).Check(Id, Now, both, Body));
    }

    [Fact]
    public void What_was_changed_on_its_way_is_forged()
    {
        var signature = Verifier(First).Sign(Id, now, Body);
        byte[] changed = [.. Body];
        changed[^2] ^= 1;
        Assert.Equal(WebhookVerdict.Forged, Verifier(First).Check(Id, Now, signature, changed));
        Assert.Equal(WebhookVerdict.Forged, Verifier(First).Check("evt_2", Now, signature, Body));
        Assert.Equal(WebhookVerdict.Forged, Verifier(First).Check(Id, $"{now.ToUnixTimeSeconds() - 1}", signature, Body));
        Assert.Equal(WebhookVerdict.Forged, Verifier(First).Check(Id, Now, $"v2,{signature[3..]}", Body));
        Assert.Equal(
            WebhookVerdict.Forged, Assert.Throws<WebhookException>(() => Verifier(First).Read(Id, Now, "v1,abc", Body)).Verdict);
    }

    [Theory]
    [InlineData(-301, WebhookVerdict.Stale)]
    [InlineData(-300, WebhookVerdict.Valid)]
    [InlineData(300, WebhookVerdict.Valid)]
    [InlineData(301, WebhookVerdict.Stale)]
    public void A_time_more_than_five_minutes_away_is_stale(int seconds, WebhookVerdict expected)
    {
        // A whole second, as the header has it.
        var sent = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var verifier = new WebhookVerifier(First, new FakeTimeProvider(sent.AddSeconds(-seconds)));
        Assert.Equal(expected, verifier.Check(Id, Now, verifier.Sign(Id, sent, Body), Body));
    }

    [Fact]
    public void What_is_no_delivery_is_malformed()
    {
        var signature = Verifier(First).Sign(Id, now, Body);
        var many = string.Join(' ', Enumerable.Repeat("v1,abc", 17));
        foreach (var (id, at, signatures) in new (string?, string?, string?)[]
        {
            (null, Now, signature), ("", Now, signature), (Id, null, signature), (Id, "soon", signature), (Id, "-1", signature),
            (Id, "99999999999999", signature), (Id, Now, null), (Id, Now, " "), (Id, Now, many),
        })
            Assert.Equal(WebhookVerdict.Malformed, Verifier(First).Check(id, at, signatures, Body));
    }

    [Fact]
    public void A_secret_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new WebhookVerifier("whsec_"));
        Assert.Throws<ArgumentException>(() => new WebhookVerifier("whsec_?"));
        Assert.Throws<ArgumentException>(() => new WebhookVerifier([]));
    }

    private static WebhookVerifier Verifier(params string[] secrets) => new(secrets);

    private static string SecretOf(byte seed) => "whsec_" + Convert.ToBase64String([.. Enumerable.Repeat(seed, 32)]);
}
