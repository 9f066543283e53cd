using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.WhatIf;

public sealed partial class Simulations
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Simulation {SimulationId} failed.")]
    private partial void LogFailed(Exception exception, string simulationId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Simulations wait for the database: {Reason}")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "What runs simulations failed, and goes on.")]
    private partial void LogLoopFailed(Exception exception);
}
