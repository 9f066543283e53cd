using Orleans.Dashboard;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Calls;

namespace OrleansBilling.Server.Composition;

/// <summary>The Orleans Dashboard at /orleans: silos, activations, reminders. It is for administrators and no part of the API.</summary>
internal static class DashboardPage
{
    private const string Path = "/orleans";

    /// <summary>It shows the state of any grain and calls its methods for that. Nobody needs this from a browser.</summary>
    private const string GrainState = Path + "/GrainState";

    public static void MapDashboard(this WebApplication web, Authenticator keys)
    {
        var page = new AdministratorPage(keys, Machine.Time);
        var routes = new Lazy<RequestDelegate>(() => MakeRoutes(web));
        web.Use(next => http => http.Request.Path.StartsWithSegments(Path)
            ? page.RunAsync(http, signedIn => ShowAsync(signedIn, routes.Value))
            : next(http));
    }

    /// <summary>Called when it is needed, because compressing the files of the page takes a third of a second.</summary>
    private static RequestDelegate MakeRoutes(IEndpointRouteBuilder web)
    {
        var routes = web.CreateApplicationBuilder();
        routes.UseRouting();
        routes.UseEndpoints(endpoints => endpoints.MapOrleansDashboard(Path).ExcludeFromDescription());
        return routes.Build();
    }

    private static async Task ShowAsync(HttpContext http, RequestDelegate routes)
    {
        if (http.Request.Path.StartsWithSegments(GrainState))
        {
            await Answers.Problem(ApiErrors.NoSuchRoute).ExecuteAsync(http);
            return;
        }

        try
        {
            await routes(http);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested && CallFaults.Of(e) is not null)
        {
            throw new JournalUnavailableException($"No silo answers the dashboard: {e.Message}", e);
        }
    }
}
