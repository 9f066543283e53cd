namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>
/// The database that a server of commit 0deeb29 wrote: nine subscriptions from sign-up to <see cref="LastInstant"/>, as an
/// SQL dump for each kind of database.
/// </summary>
internal static class OldDatabase
{
    public const string LastInstant = "2024-03-13T06:00:00Z";

    /// <summary>The SQL statements that restore it.</summary>
    public static string ReadScript(string name)
    {
        using var stream = typeof(OldDatabase).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
