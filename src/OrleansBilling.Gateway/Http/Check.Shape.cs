using System.Globalization;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Http;

/// <content>Checks of lists, and of fields that require or exclude others.</content>
internal partial struct Check
{
    /// <summary>Checks a list's number of entries and that none is null. Returns whether the entries can be checked further.</summary>
    public bool List<T>(IReadOnlyList<T>? list, string field, int min, int max)
    {
        if (list is null) return false;
        if (list.Count < min || list.Count > max)
        {
            Fail(new ApiError(
                422, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"{field} must have {min} to {max} entries."), field));
            return false;
        }

        var whole = true;
        for (var n = 0; n < list.Count; n++)
        {
            // The contract's annotations do not apply to the entries of a list.
            if (list[n] is not null) continue;
            var entry = string.Create(CultureInfo.InvariantCulture, $"{field}[{n}]");
            Fail(ApiErrors.WrongType(entry, typeof(T) == typeof(string) ? "a string" : "a JSON object"));
            whole = false;
        }

        return whole;
    }

    /// <summary>Checks that a value occurs only once in a list.</summary>
    public void Once(HashSet<string> seen, string value, string field)
    {
        if (!seen.Add(value)) Fail(new ApiError(422, "duplicate", $"{field} repeats an earlier entry.", field));
    }

    /// <summary>Checks a list of names as <see cref="List"/> does, and that none occurs twice.</summary>
    public void Names<T>(IReadOnlyList<T>? list, string field, int min, int max)
        where T : struct, Enum
    {
        if (!List(list, field, min, max)) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < list!.Count; n++)
            Once(seen, list[n].ToString(), string.Create(CultureInfo.InvariantCulture, $"{field}[{n}]"));
    }

    /// <summary>Checks that a field is absent because another one excludes it.</summary>
    public void Absent(bool present, string field, string rule)
    {
        if (present) Fail(new ApiError(422, "ambiguous", $"{field} is only allowed with {rule}.", field));
    }

    /// <summary>Checks that a field is present because another one requires it.</summary>
    public void Present(bool present, string field)
    {
        if (!present) Fail(ApiErrors.Required(field));
    }

    /// <summary>Checks that exactly one of two fields is present.</summary>
    public void ExactlyOne(bool first, string firstField, bool second, string secondField)
    {
        if (!first && !second) Fail(new ApiError(400, "required", $"{firstField} or {secondField} is required.", firstField));
        if (first && second) Fail(new ApiError(422, "ambiguous", $"{firstField} and {secondField} exclude each other.", secondField));
    }
}
