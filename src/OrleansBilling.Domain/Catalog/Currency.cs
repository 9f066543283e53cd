using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace OrleansBilling.Domain.Catalog;

/// <summary>An ISO 4217 currency and the number of decimal digits of its minor unit.</summary>
/// <param name="Code">Three upper-case letters.</param>
/// <param name="Exponent">Digits after the decimal point: JPY 0, BRL 2, KWD 3.</param>
public readonly record struct Currency(string Code, int Exponent)
{
    private const string ExponentZero = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    private const string ExponentThree = "BHD IQD JOD KWD LYD OMR TND";
    private const string ExponentFour = "CLF UYW";

    private const string ExponentTwo =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE " +
        "CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL " +
        "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR " +
        "MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK " +
        "SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD " +
        "YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, Currency> ByCode = Build();

    /// <summary>Finds a currency by its exact upper-case ISO 4217 code.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out Currency currency)
    {
        if (code is not null) return ByCode.TryGetValue(code, out currency);
        currency = default;
        return false;
    }

    /// <summary>Looks up a code that is known to be valid. Throws <see cref="ArgumentException"/> otherwise.</summary>
    public static Currency Parse(string code) => TryParse(code, out var currency)
        ? currency
        : throw new ArgumentException($"'{code}' is not an ISO 4217 currency code.", nameof(code));

    /// <inheritdoc/>
    public override string ToString() => Code;

    private static FrozenDictionary<string, Currency> Build()
    {
        var all = new Dictionary<string, Currency>(StringComparer.Ordinal);
        Add(ExponentZero, 0);
        Add(ExponentTwo, 2);
        Add(ExponentThree, 3);
        Add(ExponentFour, 4);
        return all.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string codes, int exponent)
        {
            foreach (var code in codes.Split(' ')) all.Add(code, new Currency(code, exponent));
        }
    }
}
