namespace OrleansBilling.LoadTests.Measuring;

/// <summary>How a command ended.</summary>
internal enum AnswerKind
{
    /// <summary>Acknowledged, and so durable.</summary>
    Done,

    /// <summary>A rule of billing does not allow it.</summary>
    Refused,

    /// <summary>No room, no database, or an error.</summary>
    Failed,
}

/// <summary>The answer to a command.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Version">The subscription's version, where it was done.</param>
/// <param name="Code">Why it was not, otherwise.</param>
internal readonly record struct CommandAnswer(AnswerKind Kind, long Version, string? Code)
{
    /// <summary>What an HTTP status stands for.</summary>
    public static AnswerKind KindOf(int status) => status switch
    {
        >= 200 and < 300 => AnswerKind.Done,
        429 or >= 500 => AnswerKind.Failed,
        >= 400 => AnswerKind.Refused,
        _ => throw new LoadTestException($"Status {status} is not known."),
    };
}
