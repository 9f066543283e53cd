using OrleansBilling.Console.Sessions;
using OrleansBilling.Console.Words;

namespace OrleansBilling.Console.Hosting;

/// <summary>The language that a visitor chose, or else prefers.</summary>
internal static class PageLanguage
{
    public static Texts Of(HttpContext http) => Texts.Of(
        Language.Find(http.Request.Cookies[SignInRoutes.LanguageCookie]) ?? Language.Preferred(http.Request.Headers.AcceptLanguage));
}
