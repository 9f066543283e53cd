using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.Telemetry;
using OrleansBilling.Server.Settings;
using OrleansBilling.Storage;

namespace OrleansBilling.Server.Composition;

/// <summary>A run of the program that does one thing to the database of a server's settings and ends, instead of serving.</summary>
internal static class StorageCommand
{
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="argument">The one that asks for this command.</param>
    /// <param name="name">What the log calls the process.</param>
    /// <param name="run">What to do.</param>
    /// <param name="ifLost">What to say if the database stops to answer.</param>
    /// <exception cref="StartupException">The database cannot be opened, or does not answer.</exception>
    public static async Task RunAsync(
        string[] arguments, string argument, string name, Func<BillingStorage, ILoggerFactory, Task> run, string ifLost)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [.. arguments.Where(given => given != argument)], ContentRootPath = AppContext.BaseDirectory,
        });
        var settings = SettingsReader.Read(builder.Configuration);
        builder.Logging.AddConsoleLogging(builder.Configuration, name, ProgramVersion.Text, Machine.Time);
        using var host = builder.Build();
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();
        await using var storage = await StorageOpening.OpenAsync(settings, loggers, CancellationToken.None);
        try
        {
            await run(storage, loggers);
        }
        catch (JournalUnavailableException e)
        {
            throw new StartupException($"The database does not answer: {e.Message} {ifLost}", e);
        }
    }
}
