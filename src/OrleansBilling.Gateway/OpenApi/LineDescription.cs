using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>
/// Describes the lines of a stream. A line has the fields of its command's own body and three more. Its type is a constant, so a line
/// matches exactly one schema, and a generator makes one class for each command.
/// </summary>
internal static class LineDescription
{
    private const string Type = "type";
    private const string Subscription = "subscription_id";

    /// <summary>The schema that every line matches.</summary>
    private const string AnyLine = "CommandLine";

    public static void DescribeBody(OpenApiOperation operation, OpenApiDocument document, LineTypes lines) =>
        operation.RequestBody = new OpenApiRequestBody
        {
            Description = "One command a line.",
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [lines.ContentType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(AnyLine, document) },
            },
        };

    /// <summary>Adds the schemas, once those of the commands' own bodies are there.</summary>
    public static void AddSchemas(OpenApiDocument document, OpenApiDocumentTransformerContext context)
    {
        var types = context.DescriptionGroups.SelectMany(group => group.Items)
            .SelectMany(route => route.ActionDescriptor.EndpointMetadata.OfType<LineTypes>()).Single().Types;
        var any = new OpenApiSchema
        {
            Description = "Each line is one of these.",
            OneOf = [],
            Discriminator = new OpenApiDiscriminator
            {
                PropertyName = Type, Mapping = new Dictionary<string, OpenApiSchemaReference>(StringComparer.Ordinal),
            },
        };
        foreach (var line in types)
        {
            var name = NameOf(line.Type);
            document.AddComponent<IOpenApiSchema>(name, SchemaOf(line, document.Components!.Schemas![BodyOf(line)]));
            any.OneOf.Add(new OpenApiSchemaReference(name, document));
            any.Discriminator.Mapping[line.Type] = new OpenApiSchemaReference(name, document);
        }

        document.AddComponent<IOpenApiSchema>(AnyLine, any);
    }

    private static OpenApiSchema SchemaOf(LineType line, IOpenApiSchema body)
    {
        var fields = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            [Type] = new OpenApiSchema { Type = JsonSchemaType.String, Const = line.Type, Description = "The command." },
            [Subscription] = Text(
                new IdAttribute(), line.Starts, line.Starts ? "The new subscription's id; made if it is left out." : "The subscription."),
            ["idempotency_key"] = Text(
                new VisibleAttribute(IdempotencyHeader.CharactersMax), true,
                "Repeating a line with the same key returns the same answer and changes nothing."),
        };
        foreach (var (name, field) in body.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            // A new subscription's id has another name here.
            if (name != "id") fields[name] = field;
        }

        var required = new HashSet<string>(body.Required ?? new HashSet<string>(), StringComparer.Ordinal) { Type };
        if (!line.Starts) required.Add(Subscription);
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = $"A line of type {line.Type}.",
            Properties = fields,
            Required = required,
            AdditionalPropertiesAllowed = false,
        };
    }

    private static OpenApiSchema Text(TextAttribute rule, bool orNull, string description)
    {
        var schema = new OpenApiSchema
        {
            Type = orNull ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String, Description = description,
        };
        ConstraintDescription.Apply(schema, rule);
        return schema;
    }

    private static string BodyOf(LineType line) => line.Body.Name;

    /// <summary><c>end_trial</c> becomes <c>EndTrialLine</c>.</summary>
    private static string NameOf(string type) =>
        string.Concat(type.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Line";
}
