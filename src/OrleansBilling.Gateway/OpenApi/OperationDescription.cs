using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Security;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>Adds what the route knows to its operation: parameters, the idempotency key, the allowed roles.</summary>
internal static class OperationDescription
{
    public const string SecurityScheme = "bearer";

    public static Task ApplyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RouteFacts>().FirstOrDefault() is not { } facts) return Task.CompletedTask;
        if (metadata.OfType<LineTypes>().FirstOrDefault() is { } lines)
            LineDescription.DescribeBody(operation, context.Document!, lines);
        if (metadata.OfType<ImageType>().Any()) ImageDescription.DescribeBody(operation);
        if (operation.Responses is { } responses)
        {
            operation.Responses = InOrder(responses);
            ImageDescription.DescribeAnswers(operation.Responses);
            HeaderDescription.DescribeAnswers(operation.Responses, facts, context.Document!);
        }

        operation.Parameters ??= [];
        if (facts.Path.Contains("{id}", StringComparison.Ordinal))
        {
            operation.Parameters.Add(
                Parameter("id", ParameterLocation.Path, IdMeaning(facts.Path), Text(IdRule(facts.Path)), required: true));
        }

        if (facts.Path.Contains("{number}", StringComparison.Ordinal))
        {
            var number = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" };
            operation.Parameters.Add(
                Parameter(
                    "number", ParameterLocation.Path, "The invoice's number within the subscription, the last part of its id.", number,
                    required: true));
        }

        foreach (var query in facts.Query)
            operation.Parameters.Add(ParameterOf(query));
        if (facts.TakesKey)
        {
            var key = Text(new VisibleAttribute(IdempotencyHeader.CharactersMax));
            const string Meaning = "Repeating a request with the same key returns the same answer and changes nothing.";
            operation.Parameters.Add(Parameter(IdempotencyHeader.Name, ParameterLocation.Header, Meaning, key, required: false));
        }

        foreach (var condition in HeaderDescription.ConditionsOf(operation.Responses ?? [], facts)) operation.Parameters.Add(condition);
        ExampleDescription.Describe(operation);
        var who = facts.Roles == Roles.None ? "For everyone, without a key." : $"For {Names(facts.Roles)}.";
        operation.Description = operation.Description is { } said ? $"{said} {who}" : who;
        operation.Security = [];
        if (facts.Roles == Roles.None) return Task.CompletedTask;
        operation.Security = [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, context.Document)] = [] }];
        return Task.CompletedTask;
    }

    private static OpenApiResponses InOrder(OpenApiResponses responses)
    {
        var ordered = new OpenApiResponses();
        foreach (var (status, response) in responses.OrderBy(pair => pair.Key, StringComparer.Ordinal)) ordered.Add(status, response);
        return ordered;
    }

    private static OpenApiParameter Parameter(
        string name, ParameterLocation place, string description, OpenApiSchema schema, bool required) =>
        new() { Name = name, In = place, Description = description, Schema = schema, Required = required };

    private static OpenApiSchema Text(TextAttribute rule)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        ConstraintDescription.Apply(schema, rule);
        return schema;
    }

    /// <summary>The id of a subscription, for example: that of the thing that stands before it in the path.</summary>
    private static string IdMeaning(string path)
    {
        var parts = path.Split('/');
        return parts[Array.IndexOf(parts, "{id}") - 1] switch
        {
            "quarantine" => "The id of the subscription.",
            "balances" => "The id of the party: a seller, the platform, a co-producer or an affiliate.",
            var thing => $"The id of the {thing.TrimEnd('s').Replace('-', ' ')}.",
        };
    }

    private static TextAttribute IdRule(string path) =>
        path.StartsWith("/v1/invoices/", StringComparison.Ordinal) ? new InvoiceIdAttribute() : new IdAttribute();

    private static OpenApiParameter ParameterOf(QueryParameter query)
    {
        var parameter = Parameter(query.Name, ParameterLocation.Query, query.Description, SchemaOf(query), query.IsRequired);
        if (query.IsMap) (parameter.Style, parameter.Explode) = (ParameterStyle.DeepObject, true);
        return parameter;
    }

    private static OpenApiSchema SchemaOf(QueryParameter query)
    {
        if (query.IsMap)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
                MaxProperties = Query.PairsMax,
            };
        }

        var schema = new OpenApiSchema
        {
            Type = query.Type switch
            {
                "integer" => JsonSchemaType.Integer,
                "boolean" => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = query.Format,
            Enum = query.Values is null ? null : [.. query.Values.Select(value => (JsonNode)value)],
        };
        if (query.Rule is { } rule) ConstraintDescription.Apply(schema, rule);
        return schema;
    }

    private static string Names(Roles roles) => roles switch
    {
        Roles.Administrator => "administrators",
        Roles.SellerOrAdministrator => "administrators and sellers",
        Roles.CustomerOrAdministrator => "administrators and customers",
        Roles.PartyOrAdministrator => "administrators, sellers and partners",
        _ => "administrators, sellers and customers",
    };
}
