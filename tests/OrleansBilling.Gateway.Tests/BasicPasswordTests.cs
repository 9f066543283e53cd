using System.Text;
using Microsoft.Extensions.Primitives;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.Tests;

/// <summary>The password of HTTP Basic, whatever a browser or an attacker sends.</summary>
public sealed class BasicPasswordTests
{
    [Theory]
    [InlineData("me:secret", "secret")]
    [InlineData(":secret", "secret")]
    [InlineData("me:", "")]
    [InlineData("me:se:cret", "se:cret")]
    [InlineData("zoë:sécret", "sécret")]
    public void Is_what_follows_the_first_colon(string credentials, string password)
    {
        Assert.Equal(password, BasicPassword.Read($"Basic {Encode(credentials)}"));
        Assert.Equal(password, BasicPassword.Read($"basic  {Encode(credentials)} "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic no-base64!")]
    [InlineData("Basic bWU=")]
    [InlineData("Bearer bWU6c2VjcmV0")]
    public void Is_missing_from_anything_else(string header) => Assert.Null(BasicPassword.Read(header));

    [Fact]
    public void Is_read_from_one_short_header_only()
    {
        Assert.Null(BasicPassword.Read(StringValues.Empty));
        Assert.Null(BasicPassword.Read(new StringValues([$"Basic {Encode("a:b")}", $"Basic {Encode("a:b")}"])));
        Assert.Null(BasicPassword.Read($"Basic {Encode("a:" + new string('b', 4_096))}"));
    }

    private static string Encode(string credentials) => Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
}
