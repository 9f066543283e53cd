using System.Globalization;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <content>Lists, and fields that ask for others or rule them out.</content>
internal partial struct Check
{
    /// <summary>A list of so many entries, none of them null; whether they can be looked at.</summary>
    public bool List<T>(IReadOnlyList<T>? list, string field, int min, int max)
    {
        if (list is null) return false;
        if (list.Count < min || list.Count > max)
        {
            Fail(new ApiError(
                422, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"{field} must have {min} to {max} entries."), field));
            return false;
        }

        for (var n = 0; n < list.Count; n++)
        {
            // The contract's annotations do not reach the entries of a list.
            if (list[n] is not null) continue;
            var entry = string.Create(CultureInfo.InvariantCulture, $"{field}[{n}]");
            Fail(ApiErrors.WrongType(entry, typeof(T) == typeof(string) ? "a string" : "a JSON object"));
            return false;
        }

        return true;
    }

    /// <summary>Something that is named once among its like.</summary>
    public void Once(HashSet<string> seen, string value, string field)
    {
        if (!seen.Add(value)) Fail(new ApiError(422, "duplicate", $"{field} is the same as one before.", field));
    }

    /// <summary>A field that another one rules out.</summary>
    public void Absent(bool present, string field, string rule)
    {
        if (present) Fail(new ApiError(422, "ambiguous", $"{field} goes with {rule} only.", field));
    }

    /// <summary>A field that another one asks for.</summary>
    public void Present(bool present, string field)
    {
        if (!present) Fail(ApiErrors.Required(field));
    }

    /// <summary>Exactly one of two fields.</summary>
    public void ExactlyOne(bool first, string firstField, bool second, string secondField)
    {
        if (!first && !second) Fail(new ApiError(400, "required", $"{firstField} or {secondField} is required.", firstField));
        if (first && second) Fail(new ApiError(422, "ambiguous", $"{firstField} and {secondField} exclude each other.", secondField));
    }
}
