using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// Logs to standard output: for people, or with <c>Logging__Console__FormatterName=json</c> as a JSON document a line. No
/// message tells of persons, payment methods or keys.
/// </summary>
public static class ConsoleLogging
{
    /// <summary>Adds it. The slim builders of ASP.NET Core would have the simple format whatever is configured.</summary>
    public static void AddConsoleLogging(this ILoggingBuilder logging, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        logging.ClearProviders();
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole();
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
            console.FormatterName = configuration["Logging:Console:FormatterName"] is { Length: > 0 } name
                ? name
                : ConsoleFormatterNames.Simple);
    }
}
