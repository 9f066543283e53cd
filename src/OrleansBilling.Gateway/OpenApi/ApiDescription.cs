using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansBilling.Gateway.Contracts;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>The OpenAPI document at /openapi/v1.json, generated from the routes.</summary>
internal static class ApiDescription
{
    public const string Path = "/openapi/v1.json";

    private const string DocumentName = "v1";

    /// <summary>Grows with the contract: the first number if something is taken away, the second if something is added.</summary>
    private const string ContractVersion = "1.0.0";

    public static void AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => GatewayJsonOptions.Apply(options.SerializerOptions));
        services.AddEndpointsApiExplorer();
        services.AddOpenApi(DocumentName, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = SchemaDescription.ReferenceIdOf;
            options.AddDocumentTransformer(DescribeDocument);
            options.AddOperationTransformer(OperationDescription.ApplyAsync);
            options.AddSchemaTransformer(SchemaDescription.ApplyAsync);
        });
    }

    /// <summary>Generated once, because routes do not change while the process runs.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder endpoints)
    {
        var cache = new ApiDescriptionCache(endpoints.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName));
        endpoints.MapGet(Path, cache.WriteAsync).ExcludeFromDescription();
    }

    private static Task DescribeDocument(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Orleans Billing",
            Version = ContractVersion,
            Description =
                "Subscription billing. JSON in snake_case. Instants are RFC 3339 in UTC, days are ISO 8601 in the product's time zone. " +
                "Amounts are integers in minor units of their currency, such as cents. Errors are application/problem+json (RFC 9457) " +
                "with a stable code. Requests accept no unknown fields; answers may gain fields.",
            Contact = new OpenApiContact { Name = "The operator of this installation" },
            License = new OpenApiLicense { Name = "Proprietary", Identifier = "LicenseRef-Proprietary" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The installation that serves this document." }];
        TagDescriptions.Describe(document);
        LineDescription.AddSchemas(document, context);
        CodeDescription.Describe(document);
        FieldWords.Describe(document);
        HeaderDescription.AddHeaders(document);
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[OperationDescription.SecurityScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key or a customer token.",
        };
        return Task.CompletedTask;
    }
}
