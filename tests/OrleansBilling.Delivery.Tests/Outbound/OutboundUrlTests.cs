using OrleansBilling.Delivery.Outbound;

namespace OrleansBilling.Delivery.Tests.Outbound;

public sealed class OutboundUrlTests
{
    [Theory]
    [InlineData("https://hooks.example.com", "https://hooks.example.com/")]
    [InlineData("https://hooks.example.com/a/b?c=d&e=%20", "https://hooks.example.com/a/b?c=d&e=%20")]
    [InlineData("https://hooks.example.com:8443/a@b", "https://hooks.example.com:8443/a@b")]
    [InlineData("HTTPS://Hooks.Example.COM/A", "https://hooks.example.com/A")]
    [InlineData("https://xn--caf-dma.example.com/", "https://xn--caf-dma.example.com/")]
    [InlineData("https://notlocalhost.com/", "https://notlocalhost.com/")]
    [InlineData("https://local.example.com/", "https://local.example.com/")]
    [InlineData("https://1.example.com/", "https://1.example.com/")]
    [InlineData("https://8.8.8.8/", "https://8.8.8.8/")]
    [InlineData("https://134744072/", "https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]:443/", "https://[2606:4700:4700::1111]/")]
    public void A_public_URL_is_accepted(string url, string written)
    {
        var accepted = Assert.IsType<OutboundUrl.Accepted>(OutboundUrl.Check(url, allowPrivate: false));
        Assert.Equal(written, accepted.Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")] // decimal
    [InlineData("https://017700000001/")] // octal
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.0.0.01/")]
    [InlineData("https://0x7f000001/")] // hexadecimal
    [InlineData("https://0x7F.0.0.0x1/")]
    [InlineData("https://127.1/")] // short
    [InlineData("https://127.0.1/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0/")]
    [InlineData("https://10.1/")]
    [InlineData("https://192.168.257/")]
    [InlineData("https://0300.0250.1.1/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://2852039166/")] // 169.254.169.254
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://255.255.255.255/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]:8443/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[0:0:0:0:0:ffff:127.0.0.1]/")]
    [InlineData("https://[64:ff9b::127.0.0.1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST/")]
    [InlineData("https://localhost./")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://localhost.localdomain/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://printer.local./")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://router.home.arpa/")]
    [InlineData("https://db.corp/")]
    [InlineData("https://postgres/")]
    [InlineData("https://kubernetes:6443/")]
    public void A_host_that_is_not_public_is_refused_in_every_spelling(string url)
    {
        Assert.Equal("url_not_public", CodeOf(url));
        Assert.IsType<OutboundUrl.Accepted>(OutboundUrl.Check(url, allowPrivate: true));
    }

    [Theory]
    [InlineData("", "url_invalid")]
    [InlineData("hooks", "url_invalid")]
    [InlineData("/hooks", "url_invalid")]
    [InlineData("//example.com/", "url_invalid")]
    [InlineData("https:example.com/", "url_invalid")]
    [InlineData("https:///hooks", "url_invalid")]
    [InlineData("https://", "url_invalid")]
    [InlineData("https://example.com:0/", "url_invalid")]
    [InlineData("https://example.com:65536/", "url_invalid")]
    [InlineData("https://example.com:80:90/", "url_invalid")]
    [InlineData("https://a..com/", "url_invalid")]
    [InlineData("https://-a.com/", "url_invalid")]
    [InlineData("https://[::1/", "url_invalid")]
    [InlineData("https://[v1.a]/", "url_invalid")]
    [InlineData("https://example.com/a b", "url_invalid")]
    [InlineData(" https://example.com/", "url_invalid")]
    [InlineData("https://example.com/\r\nHost: a", "url_invalid")]
    [InlineData("https://example.com\\@127.0.0.1/", "url_invalid")]
    [InlineData("https://example.com/é", "url_invalid")]
    [InlineData("https://１２７.０.０.１/", "url_invalid")] // full-width digits
    [InlineData("https://①②⑦.0.0.1/", "url_invalid")]
    [InlineData("https://127。0。0。1/", "url_invalid")]
    [InlineData("https://127.0.0.%31/", "url_invalid")]
    [InlineData("https://[fe80::1%25eth0]/", "url_invalid")]
    [InlineData("https://[fe80::1%eth0]/", "url_invalid")]
    [InlineData("https://[2606:4700:4700::1111%251]/", "url_invalid")]
    [InlineData("https://127.0.0.1%00.example.com/", "url_invalid")]
    [InlineData("https://127.0.0.1./", "url_invalid")] // a number in a name's clothes
    [InlineData("https://127.0.0.1.5/", "url_invalid")]
    [InlineData("https://4294967296/", "url_invalid")]
    [InlineData("https://256.256.256.256/", "url_invalid")]
    [InlineData("https://example.0x7f/", "url_invalid")]
    [InlineData("http://example.com/", "url_not_https")]
    [InlineData("ftp://example.com/", "url_not_https")]
    [InlineData("file:///etc/passwd", "url_not_https")]
    [InlineData("gopher://127.0.0.1:6379/_FLUSHALL", "url_not_https")]
    [InlineData("https://example.com/#", "url_has_fragment")]
    [InlineData("https://example.com/a#b", "url_has_fragment")]
    [InlineData("https://user@example.com/", "url_has_user")]
    [InlineData("https://user:password@example.com/", "url_has_user")]
    [InlineData("https://@example.com/", "url_has_user")]
    [InlineData("https://example.com@127.0.0.1/", "url_has_user")]
    [InlineData("https://user@example.com?a", "url_has_user")]
    public void A_fault_has_its_code(string url, string code) => Assert.Equal(code, CodeOf(url));

    [Theory]
    [InlineData("http://127.0.0.1:5000/hooks")]
    [InlineData("http://receiver:8080/")]
    [InlineData("https://localhost/")]
    public void A_closed_network_may_have_private_hosts_and_no_TLS(string url) =>
        Assert.IsType<OutboundUrl.Accepted>(OutboundUrl.Check(url, allowPrivate: true));

    [Theory]
    [InlineData("ftp://127.0.0.1/", "url_not_https")]
    [InlineData("http://user@127.0.0.1/", "url_has_user")]
    [InlineData("http://127.0.0.1/#a", "url_has_fragment")]
    [InlineData("http://127.0.0.1./", "url_invalid")]
    public void Other_rules_hold_there_too(string url, string code) => Assert.Equal(code, CodeOf(url, allowPrivate: true));

    [Fact]
    public void The_longest_URL_has_2048_characters()
    {
        var longest = "https://example.com/".PadRight(OutboundUrl.CharactersMax, 'a');
        Assert.Equal(2_048, longest.Length);
        Assert.IsType<OutboundUrl.Accepted>(OutboundUrl.Check(longest, allowPrivate: false));
        Assert.Equal(
            new OutboundUrl.Refused("url_too_long", "A URL has at most 2,048 characters."),
            OutboundUrl.Check(longest + "a", allowPrivate: true));
    }

    private static string CodeOf(string url, bool allowPrivate = false)
    {
        var refused = Assert.IsType<OutboundUrl.Refused>(OutboundUrl.Check(url, allowPrivate));
        Assert.EndsWith(".", refused.Detail);
        return refused.Code;
    }
}
