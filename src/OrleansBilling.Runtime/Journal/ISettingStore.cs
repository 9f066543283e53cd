namespace OrleansBilling.Runtime.Journal;

/// <summary>
/// A few durable facts about the installation, such as where the virtual clock stands. Throws
/// <see cref="JournalUnavailableException"/>.
/// </summary>
public interface ISettingStore
{
    /// <summary>The value under a name, or null.</summary>
    ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Sets the value under a name.</summary>
    ValueTask WriteAsync(string name, string value, CancellationToken cancellationToken);
}
