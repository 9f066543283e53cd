using System.CommandLine;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary>An option that is a whole number within bounds.</summary>
internal sealed class BoundedNumber(string name, string description, int otherwise, int least, int most)
{
    public Option<int> Option { get; } = new(name) { Description = description, DefaultValueFactory = _ => otherwise };

    /// <exception cref="BadArgumentException">The number is out of bounds.</exception>
    public int Read(ParseResult parsed)
    {
        var value = parsed.GetValue(Option);
        return value >= least && value <= most ? value : throw new BadArgumentException($"{name} must be {least} to {most}.");
    }
}
