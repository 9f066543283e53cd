using OrleansBilling.Gateway.Tests.Harness;

namespace OrleansBilling.Gateway.Tests;

/// <summary>Sessions of the console may do what their key may, but give nobody anything that outlives them.</summary>
public sealed class ConsoleSessionTests : IAsyncLifetime
{
    private TestGateway gateway = null!;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public async ValueTask DisposeAsync() => await gateway.DisposeAsync();

    [Fact]
    public async Task A_session_of_an_administrator_makes_and_ends_no_keys()
    {
        var made = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"seller","seller_id":"acme"}""")).Expect(201);
        var session = gateway.As((await gateway.Admin.PostAsync("/v1/console-sessions")).Expect(201).String("token"));
        (await session.PostAsync("/v1/products", """{"id":"p","seller_id":"acme","name":"n"}""")).Expect(201);
        (await session.GetAsync("/v1/api-keys")).Expect(200);

        (await session.PostAsync("/v1/api-keys", """{"role":"admin"}""")).ExpectProblem(403, "forbidden");
        (await session.PostAsync("/v1/console-links", """{"role":"admin"}""")).ExpectProblem(403, "forbidden");
        (await session.PostAsync("/v1/console-sessions")).ExpectProblem(403, "forbidden");
        (await session.DeleteAsync($"/v1/api-keys/{made.String("id")}")).ExpectProblem(403, "forbidden");
        (await gateway.As(made.String("key")).GetAsync("/v1/products")).Expect(200);
    }

    [Fact]
    public async Task Neither_a_link_nor_its_session_lives_longer_than_the_key_that_made_it()
    {
        var maker = (await gateway.Admin.PostAsync("/v1/api-keys", """{"role":"admin","expires_in_seconds":300}""")).Expect(201);
        var end = maker.Json.GetProperty("expires_at").GetDateTimeOffset();
        var link = (await gateway.As(maker.String("key")).PostAsync("/v1/console-links", """{"role":"seller","seller_id":"acme"}"""))
            .Expect(201);
        Assert.Equal(end, link.Json.GetProperty("expires_at").GetDateTimeOffset());

        var code = link.String("url")!.Split('#')[1];
        var session = (await gateway.As(code).PostAsync("/v1/console-sessions")).Expect(201);
        Assert.Equal(end, session.Json.GetProperty("expires_at").GetDateTimeOffset());
        (await gateway.As(code).PostAsync("/v1/console-sessions")).ExpectProblem(401, "invalid_key");
        (await gateway.As(session.String("token")).GetAsync("/v1/products")).Expect(200);
        (await gateway.Admin.DeleteAsync($"/v1/api-keys/{maker.String("id")}")).Expect(204);
        (await gateway.As(session.String("token")).GetAsync("/v1/products")).ExpectProblem(401, "invalid_key");
    }
}
