using System.Diagnostics;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Client.Tests.Generators;

/// <summary>
/// Clients that others' generators make from the OpenAPI document compile and work: each starts a subscription, and understands a refusal.
/// </summary>
public sealed class GeneratorTests(Store store) : IClassFixture<Store>
{
    private const string Seen = "active 2990 subscription_not_found";

    private static string Folder => Path.Combine(RepositoryFolder.Root, "tests", "OrleansBilling.Client.Tests");

    [Fact]
    public async Task Kiotas_client_works()
    {
        using var directory = new DataDirectory();
        var document = Path.Combine(directory.Path, "openapi.json");
        var code = Path.Combine(directory.Path, "code");
        await File.WriteAllTextAsync(document, await DocumentAsync());
        await RunAsync(Folder, "dotnet", "tool", "restore");
        await RunAsync(
            Folder, "dotnet", "kiota", "generate", "-l", "CSharp", "-d", document, "-o", code, "-c", "KiotaClient", "-n", "Kiotas");
        var sources = Directory.GetFiles(code, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

        const string Program =
            """
            using Kiotas;
            using Kiotas.Models;
            using Microsoft.Kiota.Abstractions.Authentication;
            using Microsoft.Kiota.Http.HttpClientLibrary;

            public static class Program
            {
                public static async Task<string> CallAsync(string address, string key)
                {
                    // Kiota's own providers of keys insist on https.
                    using var http = new HttpClient();
                    http.DefaultRequestHeaders.Authorization = new("Bearer", key);
                    var anonymous = new AnonymousAuthenticationProvider();
                    using var adapter = new HttpClientRequestAdapter(anonymous, httpClient: http) { BaseUrl = address.TrimEnd('/') };
                    var client = new KiotaClient(adapter);
                    var made = await client.V1.Subscriptions.PostAsync(
                        new SubscribeBody
                        {
                            Id = "kiota", OfferId = "gold_offer",
                            Customer = new NamedCustomerBody { Id = "alice", Email = "alice@example.com" },
                            PaymentMethod = new PaymentMethodBody { Token = "tok_ok" },
                        },
                        request => request.Headers.Add("Prefer", "wait=10"));
                    try
                    {
                        await client.V1.Subscriptions["nobody"].GetAsync();
                        return "found";
                    }
                    catch (Problem problem)
                    {
                        return $"{made!.Status.ToString()!.ToLowerInvariant()} {made.Amount} {ValueOf(problem.Code)}";
                    }
                }

                private static string ValueOf(ErrorCode? code) => ((System.Runtime.Serialization.EnumMemberAttribute)
                    typeof(ErrorCode).GetField(code.ToString()!)!.GetCustomAttributes(
                        typeof(System.Runtime.Serialization.EnumMemberAttribute), false)[0]).Value!;
            }
            """;
        Assert.Equal(Seen, await GeneratedCode.RunAsync(sources, Program, store.Gateway.Address, TestGateway.AdminKey));
    }

    [Fact]
    public async Task Nswags_client_works()
    {
        var settings = new CSharpClientGeneratorSettings
        {
            OperationNameGenerator = new MultipleClientsFromOperationIdOperationNameGenerator(),
        };
        settings.CSharpGeneratorSettings.Namespace = "Nswags";
        settings.CSharpGeneratorSettings.JsonLibrary = NJsonSchema.CodeGeneration.CSharp.CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        var code = new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(await DocumentAsync()), settings).GenerateFile();

        const string Program =
            """
            using Nswags;

            public static class Program
            {
                public static async Task<string> CallAsync(string address, string key)
                {
                    using var http = new HttpClient { BaseAddress = new Uri(address) };
                    http.DefaultRequestHeaders.Authorization = new("Bearer", key);
                    var client = new SubscriptionsClient(http);
                    var made = await client.CreateAsync(null, "wait=10", new SubscribeBody
                    {
                        Id = "nswag", Offer_id = "gold_offer",
                        Customer = new NamedCustomerBody { Id = "alice", Email = "alice@example.com" },
                        Payment_method = new PaymentMethodBody { Token = "tok_ok" },
                    });
                    try
                    {
                        await client.GetAsync("nobody", null);
                        return "found";
                    }
                    catch (ApiException<Problem> problem)
                    {
                        var code = problem.Result.Code.ToString().ToLowerInvariant();
                        return $"{made.Status.ToString().ToLowerInvariant()} {made.Amount} {code}";
                    }
                }
            }
            """;
        Assert.Equal(Seen, await GeneratedCode.RunAsync([code], Program, store.Gateway.Address, TestGateway.AdminKey));
    }

    [Fact]
    public async Task The_client_in_typescript_works()
    {
        Assert.SkipUnless(IsCi || IsInstalled("npm"), "Not installed here: npm.");
        var folder = Path.Combine(Folder, "typescript");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            await RunAsync(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");

        // Below the folder, so that its packages are found.
        var work = Directory.CreateDirectory(Path.Combine(folder, "obj")).FullName;
        await File.WriteAllTextAsync(Path.Combine(work, "openapi.json"), await DocumentAsync());
        await File.WriteAllTextAsync(Path.Combine(work, "package.json"), """{"type":"module"}""");
        File.Copy(Path.Combine(folder, "call.ts"), Path.Combine(work, "call.ts"), overwrite: true);
        await RunAsync(work, "node", "../node_modules/openapi-typescript/bin/cli.js", "openapi.json", "-o", "api.d.ts");
        await RunAsync(
            work, "node", "../node_modules/typescript/bin/tsc", "call.ts", "--strict", "--target", "es2022", "--module", "nodenext",
            "--lib", "es2022,dom");
        var said = await RunAsync(work, "node", "call.js", store.Gateway.Address.ToString().TrimEnd('/'), TestGateway.AdminKey);
        Assert.Equal($"{Seen} now", said.Trim());
    }

    private static bool IsCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private async Task<string> DocumentAsync() => (await store.Gateway.As(null).GetAsync("/openapi/v1.json")).Expect(200).Text;

    /// <summary>Runs a program and returns what it wrote.</summary>
    private static Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        start.Environment["KIOTA_OFFLINE_ENABLED"] = "true";
        start.Environment["KIOTA_CLI_TELEMETRY_OPTOUT"] = "1";
        return ExternalProgram.ReadAsync(start);
    }
}
