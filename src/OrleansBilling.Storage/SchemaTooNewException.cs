namespace OrleansBilling.Storage;

/// <summary>
/// A later release has migrated the tables. This release would misread them or omit what the later one relies on, so it does not open
/// them.
/// </summary>
public sealed class SchemaTooNewException(long stored, long known)
    : Exception(
        $"Its tables are at version {stored}, of a later release; this program knows versions up to {known}. Start that release or a later one, or restore a backup from before it.")
{
    /// <summary>Throws if the stored version is newer than the newest script.</summary>
    internal static void ThrowIfNewer(long stored, IReadOnlyList<(int Number, string Name, string Text)> scripts)
    {
        var known = scripts.Max(script => script.Number);
        if (stored > known) throw new SchemaTooNewException(stored, known);
    }
}
