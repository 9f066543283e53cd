using Microsoft.Extensions.Logging;

namespace OrleansBilling.Runtime.Payments;

public sealed partial class HttpPaymentProvider
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The payment provider refused the request with key {Key}: {Code}.")]
    private partial void LogRejected(string key, string code);
}
