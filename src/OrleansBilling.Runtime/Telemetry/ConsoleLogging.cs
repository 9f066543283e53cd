using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace OrleansBilling.Runtime.Telemetry;

/// <summary>
/// Logs to standard output: as text, or as one JSON document per line with <c>Logging__Console__FormatterName=json</c>. A document
/// has the time in UTC, and says who wrote it (<see cref="LogFacts"/>).
/// Libraries that repeat themselves are cut short (<see cref="RepetitionSampler"/>).
/// No message contains personal data, payment methods or keys.
/// </summary>
public static class ConsoleLogging
{
    /// <summary>
    /// Replaces all log providers. Without this, the slim builders of ASP.NET Core ignore the
    /// setting and use the simple format.
    /// </summary>
    /// <param name="role">The role of the process.</param>
    /// <param name="version">The version of the program.</param>
    /// <param name="time">Operational time.</param>
    public static void AddConsoleLogging(
        this ILoggingBuilder logging, IConfiguration configuration, string role, string version, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        logging.ClearProviders();
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole();
        logging.EnableEnrichment();
        var facts = new LogFacts(role, version);
        logging.Services.AddStaticLogEnricher(facts).AddLogEnricher(facts);
        var repetitions = new RepetitionSampler(time);
        logging.AddSampler(repetitions);
        logging.Services.AddHostedService(provider =>
            new RepetitionReport(repetitions, time, provider.GetRequiredService<ILogger<RepetitionReport>>()));
        logging.Services.Configure<JsonConsoleFormatterOptions>(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
            console.FormatterName = configuration["Logging:Console:FormatterName"] is { Length: > 0 } name
                ? name
                : ConsoleFormatterNames.Simple);
    }
}
