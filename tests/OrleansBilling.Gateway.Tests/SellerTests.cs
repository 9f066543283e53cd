using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Profiles of sellers: stored whole, shown and changed by the seller itself and by administrators.</summary>
public sealed class SellerTests : IAsyncLifetime
{
    private const string Whole =
        """
        {"name":"Acme","legal_name":"Acme Ltda","address":{"lines":["Rua A 1","Loja 2"],"city":"São Paulo","region":"SP",
        "postal_code":"01304-001","country":"BR"},"tax_id":"12.345","email":"hi@acme.example","locale":"pt-BR",
        "time_zone":"America/Sao_Paulo","return_urls":["https://acme.example/in?a=1"]}
        """;

    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_profile_is_stored_whole_and_replaced_whole()
    {
        var seller = await gateway.AsSellerAsync("acme");
        (await seller.GetAsync("/v1/sellers/acme")).ExpectProblem(404, "seller_not_found");
        var stored = (await seller.PutAsync("/v1/sellers/acme", Whole)).Expect(200);
        Assert.Equal(Whole.ReplaceLineEndings("").Insert(1, "\"id\":\"acme\","), stored.Text);
        Assert.Equal("\"1\"", stored.Headers.ETag?.ToString());
        Assert.Equal(stored.Text, (await gateway.Admin.GetAsync("/v1/sellers/acme")).Expect(200).Text);
        Assert.Equal("\"1\"", (await seller.PutAsync("/v1/sellers/acme", Whole)).Expect(200).Headers.ETag?.ToString());

        var bare = (await gateway.Admin.PutAsync("/v1/sellers/acme", """{"name":"Acme"}""")).Expect(200);
        Assert.Equal("\"2\"", bare.Headers.ETag?.ToString());
        Assert.Equal(
            """
            {"id":"acme","name":"Acme","legal_name":null,"address":null,"tax_id":null,"email":null,"locale":null,"time_zone":null,
            "return_urls":[]}
            """.ReplaceLineEndings(""),
            bare.Text);
        Assert.Equal(bare.Text, (await seller.GetAsync("/v1/sellers/acme")).Expect(200).Text);
    }

    [Fact]
    public async Task Who_has_an_old_version_does_not_overwrite_and_strangers_see_nothing()
    {
        var (seller, other) = (await gateway.AsSellerAsync("acme"), await gateway.AsSellerAsync("other"));
        (await PutAsync(seller, "\"1\"")).ExpectProblem(412, "version_mismatch", "If-Match");
        (await seller.PutAsync("/v1/sellers/acme", Whole)).Expect(200);
        (await PutAsync(seller, "\"1\"")).Expect(200);
        (await PutAsync(seller, "\"1\"")).ExpectProblem(412, "version_mismatch", "If-Match");
        (await other.GetAsync("/v1/sellers/acme")).ExpectProblem(404, "seller_not_found");
        (await other.PutAsync("/v1/sellers/acme", Whole)).ExpectProblem(404, "seller_not_found");
        (await (await gateway.AsCustomerAsync("alice")).GetAsync("/v1/sellers/acme")).ExpectProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("""{"legal_name":"n"}""", 400, "required", "name")]
    [InlineData("""{"name":"n","time_zone":"Mars/Base"}""", 422, "unknown_time_zone", "time_zone")]
    [InlineData("""{"name":"n","address":{"lines":["1","2","3","4","5"]}}""", 422, "out_of_range", "address.lines")]
    [InlineData("""{"name":"n","address":{"lines":[""]}}""", 422, "empty", "address.lines[0]")]
    [InlineData("""{"name":"n","address":{"country":"ZZ"}}""", 422, "unknown_country", "address.country")]
    [InlineData("""{"name":"n","return_urls":["http://a.example"]}""", 422, "invalid_url", "return_urls[0]")]
    [InlineData("""{"name":"n","return_urls":["https://u:p@a.example"]}""", 422, "invalid_url", "return_urls[0]")]
    [InlineData("""{"name":"n","return_urls":["https://a.example#f"]}""", 422, "invalid_url", "return_urls[0]")]
    [InlineData("""{"name":"n","return_urls":["https://a.example","https://a.example"]}""", 422, "duplicate", "return_urls[1]")]
    public async Task A_wrong_profile_names_what_is_wrong(string body, int status, string code, string field) =>
        (await gateway.Admin.PutAsync("/v1/sellers/acme", body)).ExpectProblem(status, code, field);

    private static async Task<Reply> PutAsync(ApiClient api, string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/sellers/acme")
        {
            Content = new StringContent("""{"name":"Acme 2"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await api.SendAsync(request);
    }
}
