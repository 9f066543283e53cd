namespace OrleansBilling.Gateway.Contracts;

/// <summary>
/// What a field accepts, for the API description. Checks enforce it when a request is read. ConstraintTests probes every rule on a real
/// server: the limit is accepted, and what is just beyond is refused. On a list, a rule of texts applies to its entries.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class FieldRuleAttribute : Attribute;

/// <summary>Text with limits in characters (Unicode code points). Patterns are ECMAScript that RE2 understands too.</summary>
internal class TextAttribute(int charactersMax) : FieldRuleAttribute
{
    private const string OneLine = @"^[^\x00-\x1F\x7F-\x9F]*$";
    private const string Lines = @"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]*$";

    public int CharactersMin { get; init; } = 1;

    public int CharactersMax => charactersMax;

    /// <summary>Whether it may have line breaks and tabs. Other control characters are never allowed.</summary>
    public bool ManyLines { get; init; }

    public virtual string Pattern => ManyLines ? Lines : OneLine;
}

/// <summary>An id: letters, digits and <c>_ . : -</c>, but neither "." nor "..", which cannot be a segment of a URL.</summary>
internal sealed class IdAttribute() : TextAttribute(FieldLimits.IdCharactersMax)
{
    public const string Form = @"^([A-Za-z0-9_.:-]*[A-Za-z0-9_:-][A-Za-z0-9_.:-]*|\.{3,})$";

    public override string Pattern => Form;
}

/// <summary>The id of an invoice: that of its subscription, a colon, and a number.</summary>
internal sealed class InvoiceIdAttribute() : TextAttribute(FieldLimits.InvoiceIdCharactersMax)
{
    public override string Pattern => "^[A-Za-z0-9_.:-]+:[1-9][0-9]*$";
}

/// <summary>A token, or a key: visible ASCII characters.</summary>
internal sealed class VisibleAttribute(int charactersMax) : TextAttribute(charactersMax)
{
    public const string Form = "^[!-~]*$";

    public override string Pattern => Form;
}

/// <summary>A reason code.</summary>
internal sealed class ReasonCodeAttribute() : TextAttribute(FieldLimits.ReasonCharactersMax)
{
    public override string Pattern => "^[a-z0-9_]*$";
}

/// <summary>A mail address. Only its form is checked.</summary>
internal sealed class EmailAttribute() : TextAttribute(FieldLimits.EmailCharactersMax)
{
    public override string Pattern => @"^[^@ \x00-\x1F\x7F-\x9F]+@[^ \x00-\x1F\x7F-\x9F]+$";
}

/// <summary>A BCP 47 language tag. Only its form is checked.</summary>
internal sealed class LocaleAttribute() : TextAttribute(FieldLimits.LocaleCharactersMax)
{
    public override string Pattern => "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";
}

/// <summary>An ISO 4217 code.</summary>
internal sealed class CurrencyCodeAttribute() : TextAttribute(3)
{
    public override string Pattern => "^[A-Z]{3}$";
}

/// <summary>An ISO 3166-1 alpha-2 code.</summary>
internal sealed class CountryCodeAttribute() : TextAttribute(2)
{
    public override string Pattern => "^[A-Z]{2}$";
}

/// <summary>A number from a minimum to a maximum, both included. On a list, it applies to the entries.</summary>
internal sealed class BoundsAttribute(long min, long max) : FieldRuleAttribute
{
    public long Min => min;

    public long Max => max;
}

/// <summary>A percentage with at most three decimals, from a minimum to a maximum in thousandths of a percent.</summary>
internal sealed class PercentBoundsAttribute(int milliMin, int milliMax) : FieldRuleAttribute
{
    private const decimal PerPercent = 1_000;

    public decimal Min => milliMin / PerPercent;

    public decimal Max => milliMax / PerPercent;
}

/// <summary>A list with a number of entries from a minimum to a maximum.</summary>
internal sealed class EntriesAttribute(int min, int max) : FieldRuleAttribute
{
    public int Min => min;

    public int Max => max;

    public bool Unique { get; init; }
}

/// <summary>Names and values of the caller's own.</summary>
internal sealed class PairsAttribute(int pairsMax, int valueCharactersMax) : FieldRuleAttribute
{
    public int PairsMax => pairsMax;

    public int ValueCharactersMax => valueCharactersMax;

    /// <summary>Whether it is a merge patch, in which a name may have null instead of a value.</summary>
    public bool Patches { get; init; }
}
