namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>On which database a server under test stands: here on SQLite. The tests of the cluster put PostgreSQL in this place.</summary>
internal static class TestRuntime
{
    /// <summary>What the server is to be told about it, for one that has its data in <paramref name="directory"/>.</summary>
    public static Task<IReadOnlyList<string>> SettingsAsync(string directory, IReadOnlyList<string> settings) => Task.FromResult<IReadOnlyList<string>>([]);
}
