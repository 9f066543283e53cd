namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// A few durable facts about the installation, such as the position of the virtual clock. Calls throw
/// <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ISettingStore
{
    ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken);

    ValueTask WriteAsync(string name, string value, CancellationToken cancellationToken);
}
