using System.Globalization;

namespace OrleansBilling.Gateway.Http;

/// <summary>
/// The preference <c>wait</c> of RFC 7240: how long the caller would wait for the outcome instead of asking for it later. A preference
/// that is not understood is ignored, as the RFC wants it.
/// </summary>
internal static class PreferHeader
{
    public const string Name = "Prefer";
    public const string AppliedName = "Preference-Applied";

    /// <summary>The longest wait. A longer one is cut to it.</summary>
    public const int WaitSecondsMax = 30;

    /// <summary>Seconds to wait; 0 if nothing is asked for.</summary>
    public static int WaitSeconds(HttpRequest request)
    {
        foreach (var line in request.Headers[Name])
        {
            foreach (var preference in (line ?? "").Split(','))
            {
                // Parameters of a preference follow a semicolon.
                var pair = preference.Split(';')[0].Split('=');
                if (pair.Length == 2 && pair[0].Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(pair[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                    return Math.Min(seconds, WaitSecondsMax);
            }
        }

        return 0;
    }

    /// <summary>Tells the caller that the preference was followed.</summary>
    public static void Applied(HttpResponse response, int seconds) =>
        response.Headers[AppliedName] = string.Create(CultureInfo.InvariantCulture, $"wait={seconds}");
}
