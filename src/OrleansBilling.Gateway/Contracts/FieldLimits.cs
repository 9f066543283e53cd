using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Contracts;

/// <summary>The limits of fields that only the API has. Checks enforce them, and the API description tells them.</summary>
internal static class FieldLimits
{
    public const int IdCharactersMax = 64;
    public const int InvoiceIdCharactersMax = IdCharactersMax + 11;
    public const int NameCharactersMax = 200;
    public const int DescriptionCharactersMax = 2_000;
    public const int SearchCharactersMax = 200;
    public const int CommentCharactersMax = 1_000;
    public const int TokenCharactersMax = 255;
    public const int ReasonCharactersMax = 64;
    public const int EmailCharactersMax = 254;
    public const int LocaleCharactersMax = 35;
    public const int TaxIdCharactersMax = 50;
    public const int PostalCodeCharactersMax = 20;

    public const int MetadataPairsMax = Subscription.MetadataPairsMax;
    public const int MetadataKeyCharactersMax = 64;
    public const int MetadataValueCharactersMax = 500;

    public const int CouponPlansMax = 50;
    public const int CouponRedemptionsMax = 1_000_000_000;
    public const int DunningGapsMax = 20;
    public const int DunningGapDaysMax = 90;
    public const int RetentionReasonsMax = 20;
    public const int RetentionPauseDaysMax = 365;
    public const int ChargebackReasonCharactersMax = 64;
    public const int UsageKeyCharactersMax = 200;
    public const int KeyScopesMax = 3;
    public const int KeySecondsMax = 10 * 366 * 86_400;
    public const int TokenSecondsMax = 86_400;

    public const int UrlCharactersMax = 2_048;
    public const int WebhookTypesMax = 50;
    public const int SecretOverlapHoursMax = 168;
}
