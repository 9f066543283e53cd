namespace OrleansBilling.Silo.Hosting;

/// <summary>What of Orleans' own log an operator wants to read.</summary>
internal static class ClusterLogging
{
    public static void Quieten(ILoggingBuilder logging)
    {
        // The dot matters: our own categories begin with the same word.
        logging.AddFilter("Orleans.", LogLevel.Warning);
        logging.AddFilter("Polly", LogLevel.Warning);

        // We say ourselves that no silo is there, and only once.
        logging.AddFilter("Orleans.Messaging.GatewayManager", LogLevel.Error);

        // Takes the time before the silo started for a stall.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    }
}
