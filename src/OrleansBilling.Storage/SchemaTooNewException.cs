namespace OrleansBilling.Storage;

/// <summary>
/// A later release has migrated the tables. This release would misread them or omit what the later one relies on, so it does not open
/// them.
/// </summary>
public sealed class SchemaTooNewException(long stored, long known)
    : Exception(
        $"The schema is at version {stored}, from a later release; this release knows versions up to {known}. " +
        "Start that release or a later one, or restore an older backup.")
{
    /// <summary>Throws if the stored version is newer than the newest script.</summary>
    internal static void ThrowIfNewer(long stored, IReadOnlyList<(int Number, string Name, string Text)> scripts)
    {
        var known = scripts.Max(script => script.Number);
        if (stored > known) throw new SchemaTooNewException(stored, known);
    }
}
