using System.Globalization;
using Microsoft.OpenApi;
using OrleansBilling.Gateway.Contracts;

namespace OrleansBilling.Gateway.OpenApi;

/// <summary>Turns the rules of a contract's field into the words of JSON Schema.</summary>
internal static class ConstraintDescription
{
    public static void Apply(OpenApiSchema schema, IEnumerable<FieldRuleAttribute> rules)
    {
        foreach (var rule in rules)
        {
            if (rule is EntriesAttribute or PairsAttribute) Apply(schema, rule);
            else Apply(schema.Items as OpenApiSchema ?? schema, rule);
        }
    }

    public static void Apply(OpenApiSchema schema, FieldRuleAttribute rule)
    {
        switch (rule)
        {
            case TextAttribute text:
                schema.MinLength = text.CharactersMin;
                schema.MaxLength = text.CharactersMax;
                schema.Pattern = text.Pattern;
                break;
            case BoundsAttribute bounds:
                schema.Minimum = Text(bounds.Min);
                schema.Maximum = bounds.Max is int.MaxValue or long.MaxValue ? null : Text(bounds.Max);
                break;
            case PercentBoundsAttribute bounds:
                schema.Minimum = Text(bounds.Min);
                schema.Maximum = Text(bounds.Max);
                break;
            case EntriesAttribute entries:
                schema.MinItems = entries.Min;
                schema.MaxItems = entries.Max;
                if (entries.Unique) schema.UniqueItems = true;
                break;
            case PairsAttribute pairs:
                schema.MaxProperties = pairs.PairsMax;
                if (schema.AdditionalProperties is OpenApiSchema value)
                {
                    value.MaxLength = pairs.ValueCharactersMax;

                    // The framework does not see that a value of a dictionary may be null.
                    if (pairs.Patches) value.Type |= JsonSchemaType.Null;
                }

                break;
            default:
                throw new InvalidOperationException($"{rule.GetType().Name} is not known.");
        }
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
