namespace OrleansBilling.Storage;

/// <summary>
/// The tables are not the ones that this release works with: a later release has changed them, or <c>--migrate</c> of this release has
/// not run. It would misread them or omit what the other one relies on, so it does not open them. The message says what to do.
/// </summary>
public sealed class SchemaVersionException : Exception
{
    private SchemaVersionException(string message)
        : base(message)
    {
    }

    /// <param name="stored">The newest script of the database.</param>
    /// <param name="needed">The oldest program that may use the database, told by the newest script that it knows.</param>
    /// <exception cref="SchemaVersionException">A later release has changed the tables so that this one must not use them.</exception>
    internal static void ThrowIfNewer(long stored, long needed, IReadOnlyList<SchemaScript> scripts)
    {
        var known = scripts.Max(script => script.Number);
        if (needed > known)
            throw new SchemaVersionException(
                $"The schema is at version {stored}, from a later release; this release knows versions up to {known}, and the " +
                $"database needs at least {needed}. Start that release or a later one, or restore an older backup.");
    }

    /// <exception cref="SchemaVersionException">The database has not seen all scripts.</exception>
    internal static void ThrowIfOlder(long stored, string table, IReadOnlyList<SchemaScript> scripts)
    {
        var known = scripts.Max(script => script.Number);
        if (stored >= known) return;
        var state = stored == 0
            ? "The database has no tables yet"
            : $"The schema ({table}) is at version {stored}; this release needs {known}";
        throw new SchemaVersionException(
            $"{state}. Run this release once with --migrate and a role that may change tables, then start it again.");
    }
}
