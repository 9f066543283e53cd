namespace OrleansBilling.Testing.Audit;

/// <summary>Collects the laws that an audit finds broken, so that it can report all of them at once.</summary>
internal sealed class BrokenLaws
{
    private const int ToldMax = 20;
    private readonly List<string> broken = [];

    /// <summary>Number of checks, passed or not.</summary>
    public long Checked { get; private set; }

    public void Require(bool holds, string law)
    {
        Checked++;
        if (!holds) broken.Add(law);
    }

    /// <summary>Both must have the same keys with the same values. A missing key counts as zero.</summary>
    public void RequireSame<TKey>(IReadOnlyDictionary<TKey, Int128> expected, IReadOnlyDictionary<TKey, Int128> found, string law)
        where TKey : notnull
    {
        foreach (var key in expected.Keys.Union(found.Keys))
        {
            var (wanted, seen) = (expected.GetValueOrDefault(key), found.GetValueOrDefault(key));
            Require(wanted == seen, wanted == seen ? law : $"{law}: {key} should be {wanted}, but is {seen}.");
        }
    }

    /// <exception cref="AuditException">At least one law is broken.</exception>
    public void ThrowIfAny()
    {
        if (broken.Count == 0) return;
        var rest = broken.Count > ToldMax ? [$"… and {broken.Count - ToldMax} more."] : Array.Empty<string>();
        throw new AuditException(string.Join('\n', [$"{broken.Count} laws are broken:", .. broken.Take(ToldMax), .. rest]));
    }
}

/// <summary>Stored data breaks a law.</summary>
public sealed class AuditException(string message) : Exception(message);
