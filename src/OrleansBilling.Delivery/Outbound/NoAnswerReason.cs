namespace OrleansBilling.Delivery.Outbound;

/// <summary>Why there is no answer. It names no address: what a name leads to inside our networks is nobody's business.</summary>
public enum NoAnswerReason
{
    /// <summary>Not done in time, from resolving the name to the head of the answer.</summary>
    Timeout,
    ConnectionRefused,
    /// <summary>No way to the host, or the connection broke.</summary>
    ConnectionLost,
    /// <summary>No secure connection: the certificate is not valid for the name, or no common protocol.</summary>
    Tls,
    NameNotFound,
    /// <summary>The URL, or an address that its name leads to, is not public.</summary>
    AddressRefused,
    /// <summary>What came is not HTTP, or its headers are too long.</summary>
    InvalidAnswer,
}

/// <summary>The reasons' stored names.</summary>
public static class NoAnswerReasons
{
    public static string Name(this NoAnswerReason reason) => reason switch
    {
        NoAnswerReason.Timeout => "timeout",
        NoAnswerReason.ConnectionRefused => "connection_refused",
        NoAnswerReason.ConnectionLost => "connection_lost",
        NoAnswerReason.Tls => "tls",
        NoAnswerReason.NameNotFound => "name_not_found",
        NoAnswerReason.AddressRefused => "address_refused",
        NoAnswerReason.InvalidAnswer => "invalid_answer",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
