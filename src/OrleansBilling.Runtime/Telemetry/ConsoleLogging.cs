using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// Logs to standard output: as text, or as one JSON document per line with <c>Logging__Console__FormatterName=json</c>.
/// No message contains personal data, payment methods or keys.
/// </summary>
public static class ConsoleLogging
{
    /// <summary>
    /// Replaces all log providers. Without this, the slim builders of ASP.NET Core ignore the
    /// setting and use the simple format.
    /// </summary>
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
