namespace OrleansBilling.Deploy.Tests.Runbook;

/// <summary>A command of the runbook, with its section and the answer that is written below it.</summary>
internal sealed record RunbookCommand(string Section, string Text, string Answer)
{
    /// <summary>Programs that act on an operator's machines.</summary>
    private static readonly string[] NotHere = ["systemctl", "kubectl", "docker", "haproxy", "openssl", "deploy/", "TLS="];

    /// <summary>Whether a test can run it.</summary>
    public bool RunsHere => !NotHere.Any(program => Text.StartsWith(program, StringComparison.Ordinal));

    /// <summary>All commands in order: lines after <c>$ </c> in console blocks. What follows a command is its answer.</summary>
    public static List<RunbookCommand> Read(IEnumerable<string> lines)
    {
        var commands = new List<RunbookCommand>();
        var (section, inBlock) = ("", false);
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inBlock = line == "```console";
            else if (!inBlock && line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..];
            else if (inBlock && line.StartsWith("$ ", StringComparison.Ordinal)) commands.Add(new RunbookCommand(section, line[2..], ""));
            else if (inBlock) commands[^1] = commands[^1] with { Answer = commands[^1].Answer + line + "\n" };
        }

        return commands;
    }
}
