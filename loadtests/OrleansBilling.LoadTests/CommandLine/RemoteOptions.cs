using System.CommandLine;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OrleansBilling.LoadTests.Scenarios;
using OrleansBilling.LoadTests.Scenarios.Systems;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary>The options of <c>scenario</c> for servers that already run.</summary>
internal sealed class RemoteOptions
{
    private const int MachinesMax = 100;

    private readonly Option<string[]> urls = new("--url")
    {
        Description = "Running gateways on the system clock, instead of servers that the test starts; repeat for several.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> key = new("--key") { Description = "Administrator key for --url." };

    private readonly Option<string?> provider = new("--provider")
    {
        Description = "With --url: the payment simulator that the gateways use; the audit reads its book.",
    };

    private readonly Option<string?> machine = new("--machine")
    {
        Description = "With --url: N/M, machine N of M; each takes its share of the load and uses its own names.",
    };

    private readonly Option<string?> startAt = new("--start-at")
    {
        Description = "With --url: when the load starts, such as 2026-03-01T12:00:00Z; the same on all machines.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[urls, key, provider, machine, startAt]) command.Add(option);
    }

    /// <exception cref="BadArgumentException">A value is invalid, or two options contradict each other.</exception>
    public ScenarioOptions Read(ParseResult parsed, ScenarioOptions options)
    {
        var addresses = parsed.GetValue(urls) ?? [];
        var secret = parsed.GetValue(key);
        if (addresses.Length == 0 != secret is null) throw new BadArgumentException("--url and --key go together.");
        return options with
        {
            Urls = [.. addresses.Select(address => new GatewayAddress(Address("--url", address), secret!))],
            Provider = parsed.GetValue(provider) is { } text ? Address("--provider", text) : null,
            Machine = parsed.GetValue(machine) is { } share ? Share(share) : MachineShare.Alone,
            StartAt = parsed.GetValue(startAt) is { } instant ? At(instant) : null,
        };
    }

    private static Uri Address(string option, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new BadArgumentException($"{option} must be an http address; it is '{text}'.");

    private static MachineShare Share(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) &&
            int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var of) && number >= 1 && number <= of &&
            of <= MachinesMax
            ? new MachineShare(number, of)
            : throw new BadArgumentException($"--machine must be N/M, such as 1/2, with at most {MachinesMax} machines; it is '{text}'.");
    }

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text) is { Success: true, Value: var instant }
        ? instant
        : throw new BadArgumentException($"--start-at must be an instant, such as 2026-03-01T12:00:00Z; it is '{text}'.");
}
