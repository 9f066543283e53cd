namespace OrleansBilling.Storage;

/// <summary>
/// A later release has changed the tables. This one would misread them or leave out what the later one counts on, so it does
/// not open them.
/// </summary>
public sealed class SchemaTooNewException(long stored, long known)
    : Exception(
        $"Its tables are at version {stored}, of a later release; this program knows versions up to {known}. Start that release or a later one, or restore a backup from before it.")
{
    /// <summary>Refuses a version that is newer than the newest script.</summary>
    internal static void ThrowIfNewer(long stored, IReadOnlyList<(int Number, string Name, string Text)> scripts)
    {
        var known = scripts.Max(script => script.Number);
        if (stored > known) throw new SchemaTooNewException(stored, known);
    }
}
