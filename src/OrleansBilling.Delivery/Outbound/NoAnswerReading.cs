using System.Net.Sockets;
using System.Security.Authentication;

namespace OrleansBilling.Delivery.Outbound;

/// <summary>Finds the reason in what the HTTP client throws.</summary>
internal static class NoAnswerReading
{
    public static NoAnswerReason Read(Exception thrown)
    {
        var error = (thrown as HttpRequestException)?.HttpRequestError;
        for (var cause = thrown; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case NoConnectionException known:
                    return known.Reason;
                case AuthenticationException:
                    return NoAnswerReason.Tls;
                case TimeoutException:
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return NoAnswerReason.Timeout;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return NoAnswerReason.ConnectionRefused;
            }
        }

        return error switch
        {
            HttpRequestError.SecureConnectionError => NoAnswerReason.Tls,
            HttpRequestError.NameResolutionError => NoAnswerReason.NameNotFound,
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => NoAnswerReason.InvalidAnswer,
            _ => NoAnswerReason.ConnectionLost,
        };
    }
}
