namespace OrleansBilling.Silo.Hosting;

/// <summary>Reduces the log of Orleans to what an operator needs.</summary>
internal static class ClusterLogging
{
    public static void Quieten(ILoggingBuilder logging)
    {
        // The dot matters: our own categories start with the same word.
        logging.AddFilter("Orleans.", LogLevel.Warning);
        logging.AddFilter("Polly", LogLevel.Warning);

        // We log missing silos ourselves, and only once.
        logging.AddFilter("Orleans.Messaging.GatewayManager", LogLevel.Error);

        // It reports the time before the silo started as a stall.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    }
}
