using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansBilling.Console.Live;
using OrleansBilling.Console.Sessions;
using Radzen;

namespace OrleansBilling.Console.Hosting;

/// <summary>The services of the pages.</summary>
public static class ConsoleServices
{
    public const string CookieName = "ob-console";

    /// <summary>How long the state of a page is kept whose connection was lost.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(3);

    /// <summary>Where the process keeps the keys of Data Protection is its own matter.</summary>
    public static void AddConsole(this IServiceCollection services, ConsoleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(new BillingApi(options.Api));
        services.AddSingleton<FiguresDesk>();
        services.AddSingleton<SignInLimit>();
        services.AddSingleton(new OpenCircuits(options.Limits));
        services.AddSingleton<AssetShelf>();
        services.AddScoped<CircuitHandler, CircuitGate>();
        services.AddRadzenComponents();
        services.AddRouting();
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "ob-forms";
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddAuthentication(SignInRoutes.Scheme).AddCookie(SignInRoutes.Scheme, cookie =>
        {
            cookie.Cookie.Name = CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.SlidingExpiration = false;
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "next";

            // Without host and scheme: behind a balancer that ends TLS, this process knows neither.
            cookie.Events.OnRedirectToLogin = context =>
            {
                context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
                return Task.CompletedTask;
            };
        });
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = options.Limits.CircuitsKept;
            circuits.DisconnectedCircuitRetentionPeriod = KeptFor;
            circuits.MaxBufferedUnacknowledgedRenderBatches = 5;
        });
    }
}
