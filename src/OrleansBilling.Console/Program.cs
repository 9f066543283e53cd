using Microsoft.AspNetCore.DataProtection;
using OrleansBilling.Console;
using OrleansBilling.Console.Hosting;

// The pages apart from the API: they speak to Console__Api. Processes behind one balancer share the folder Console__Keys, so that a
// cookie of one is good at the others.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var section = builder.Configuration.GetSection("Console");
if (!Uri.TryCreate(section["Api"], UriKind.Absolute, out var api) || api.Scheme is not ("http" or "https"))
{
    await System.Console.Error.WriteLineAsync("orleans-billing-console: Console__Api must be the http(s) address of the API.");
    return 1;
}

var usual = new ConsoleLimits();
builder.Services.AddConsole(new ConsoleOptions
{
    Api = () => api,
    Limits = new ConsoleLimits
    {
        Circuits = section.GetValue("Circuits", usual.Circuits),
        CircuitsPerSession = section.GetValue("CircuitsPerSession", usual.CircuitsPerSession),
        CircuitsKept = section.GetValue("CircuitsKept", usual.CircuitsKept),
    },
});
var keys = builder.Services.AddDataProtection().SetApplicationName("orleans-billing");
if (section["Keys"] is { Length: > 0 } folder) keys.PersistKeysToFileSystem(new DirectoryInfo(folder));
else keys.UseEphemeralDataProtectionProvider();
if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) builder.WebHost.UseUrls("http://127.0.0.1:5081");

await using var web = builder.Build();
web.MapGet("/", () => Results.Redirect(ConsolePipeline.Path));
web.MapConsole();
await web.RunAsync();
return 0;
