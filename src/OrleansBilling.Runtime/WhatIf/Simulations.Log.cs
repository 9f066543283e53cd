using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.WhatIf;

public sealed partial class Simulations
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Simulation {SimulationId} failed.")]
    private partial void LogFailed(Exception exception, string simulationId);
}
