namespace OrleansBilling.PaymentSimulator.Book;

internal sealed partial class PaymentBook
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A batch of {Rows} entries could not be booked.")]
    private partial void LogBatchFailed(Exception exception, int rows);
}
