namespace OrleansBilling.Testing.Audit;

/// <summary>The laws that an audit found broken; it goes on, so that all of them are told at once.</summary>
internal sealed class BrokenLaws
{
    private const int ToldMax = 20;
    private readonly List<string> broken = [];

    /// <summary>Laws that were looked at, broken or not.</summary>
    public long Checked { get; private set; }

    public void Require(bool holds, string law)
    {
        Checked++;
        if (!holds) broken.Add(law);
    }

    /// <summary>The same keys with the same values, where zero is as good as none.</summary>
    public void RequireSame<TKey>(IReadOnlyDictionary<TKey, Int128> expected, IReadOnlyDictionary<TKey, Int128> found, string law)
        where TKey : notnull
    {
        foreach (var key in expected.Keys.Union(found.Keys))
        {
            var (wanted, seen) = (expected.GetValueOrDefault(key), found.GetValueOrDefault(key));
            Require(wanted == seen, wanted == seen ? law : $"{law}: {key} should be {wanted}, and is {seen}.");
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

/// <summary>What is stored breaks a law.</summary>
public sealed class AuditException(string message) : Exception(message);
