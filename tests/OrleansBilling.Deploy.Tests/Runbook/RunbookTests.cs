using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using OrleansBilling.Deploy.Tests.Balancer;
using OrleansBilling.Deploy.Tests.Harness;
using OrleansBilling.Testing;

namespace OrleansBilling.Deploy.Tests.Runbook;

/// <summary>
/// Runs the commands of deploy/runbook.md in their order against two servers, HAProxy, PostgreSQL and the payment simulator. Their
/// answers must look like those that are written, so that a column or a field that is renamed is noticed here and not at night.
/// </summary>
public sealed class RunbookTests
{
    private const string DatabaseLost = "Lose the database";
    private static readonly List<RunbookCommand> Commands = RunbookCommand.Read(File.ReadLines(DeployFolder.Path("runbook.md")));

    [NeedsFact(["postgres", "haproxy", "psql", "curl", "jq", "socat", "bash"])]
    public async Task What_is_written_is_what_an_operator_sees()
    {
        await using var marketplace = await BalancedMarketplace.OpenAsync(
            TimeSpan.Zero, new Dictionary<string, string> { ["Billing__Metrics"] = "prometheus" });
        await marketplace.StartAsync();
        await FillAsync(marketplace);

        var before = Commands.TakeWhile(command => command.Section != DatabaseLost).ToList();
        var lost = Commands.Where(command => command.Section == DatabaseLost).ToList();
        await CheckAsync(marketplace, before);
        await marketplace.StopDatabaseAsync();
        await ReadyAsync(marketplace, expected: false);
        await CheckAsync(marketplace, lost);
        await marketplace.StartDatabaseAsync();
        await ReadyAsync(marketplace, expected: true);
        await BalancerSeesBothAsync(marketplace);
        await CheckAsync(marketplace, Commands.Skip(before.Count + lost.Count));
    }

    [Fact]
    public void It_has_the_sections_that_an_operator_looks_for_and_most_commands_are_run()
    {
        var sections = File.ReadLines(DeployFolder.Path("runbook.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).ToHashSet();
        string[] needed =
        [
            "On call", "A group of due work is silent", "Failover", "Lose a machine or a zone", "A partition", "Renew certificates",
            "Subscriptions are in quarantine", "Migrate", "Roll an upgrade", "Capacity",
        ];
        Assert.Empty(needed.Except(sections));
        Assert.True(Commands.Count(command => command.RunsHere) >= 30);
    }

    /// <summary>
    /// Runs the commands and compares each answer. A silo shows nothing of itself if it does not answer within a second, so on a busy
    /// machine a command may be run again.
    /// </summary>
    private static async Task CheckAsync(BalancedMarketplace marketplace, IEnumerable<RunbookCommand> commands)
    {
        var running = commands.Where(command => command.RunsHere && command.Section.Length > 0).ToList();
        var answers = await RunAsync(marketplace, running);
        foreach (var (command, first) in running.Zip(answers))
        {
            var answer = first;
            for (var again = 0; again < 3 && !AnswerShape.Fits(command.Answer, answer); again++)
                answer = (await RunAsync(marketplace, [command])).Single();
            Assert.True(
                AnswerShape.Fits(command.Answer, answer),
                $"runbook.md, \"{command.Section}\":\n$ {command.Text}\nis written to answer\n{command.Answer}\nbut answers\n{answer}");
        }
    }

    /// <summary>Runs commands in one shell after the definitions at the top, and returns their answers.</summary>
    private static async Task<string[]> RunAsync(BalancedMarketplace marketplace, List<RunbookCommand> commands)
    {
        var script = new StringBuilder("exec 2>&1\n");
        foreach (var definition in Commands.Where(command => command.Section.Length == 0)) script.Append(definition.Text).Append('\n');
        foreach (var command in commands) script.Append("printf '\\n@@\\n'\n").Append(command.Text).Append('\n');
        script.Replace("<admin key>", ServerSettings.AdminKey).Replace("127.0.0.1:5088", marketplace.Balancer.Address.Authority)
            .Replace("127.0.0.1:5081", marketplace.Addresses[0].Authority);

        var database = new NpgsqlConnectionStringBuilder(marketplace.ConnectionString);
        var output = await Programs.MustRunAsync("bash", ["-c", script.ToString()], new Dictionary<string, string>
        {
            ["PGHOST"] = "127.0.0.1", ["PGPORT"] = $"{database.Port}", ["PGUSER"] = "postgres", ["PAGER"] = "cat",
            ["BILLING_BALANCER_SOCKET"] = marketplace.Balancer.Socket,
        });

        var answers = output.Split("\n@@\n")[1..];
        Assert.Equal(commands.Count, answers.Length);
        return answers;
    }

    /// <summary>Subscriptions, two messages that wait, one subscription in quarantine, and the roles.</summary>
    private static async Task FillAsync(BalancedMarketplace marketplace)
    {
        await marketplace.Journal.ExecuteAsync(await File.ReadAllTextAsync(DeployFolder.Path("postgres", "roles.sql")));
        using var client = new BillingClient(marketplace.Balancer.Address, ServerSettings.AdminKey);
        await DailyOffer.AddAsync(client);
        await DailyOffer.SubscribeAsync(client, ["s1", "s2", "s3"]);
        foreach (var id in new[] { "v2", "v3" })
        {
            var subscription = DailyOffer.Subscription(id);
            subscription["payment_method"] = new JsonObject { ["token"] = "tok_voucher" };
            await client.PostAsync("/v1/subscriptions", subscription, $"subscribe-{id}");
        }

        await Eventually.EqualAsync(2, () => marketplace.Journal.ReadAsync<long>("select count(*) from outbox"));
        await Eventually.EqualAsync(3, () => marketplace.Journal.ReadAsync<long>(
            "select count(*) from subscription where status = 'active'"));
        await marketplace.Journal.ExecuteAsync(
            """
            insert into quarantine
            select id, version, now(), 'The state cannot be read.', 4, now(), now() + interval '1 hour', true
            from subscription where id = 's1'
            """);
        await Eventually.HoldsAsync(what: "both silos and all pumps are there", condition: async () =>
        {
            var cluster = await client.GetAsync("/v1/cluster");
            return cluster["silos"]!.AsArray() is { Count: 2 } silos && silos.All(silo => silo!["answers"]!.GetValue<bool>())
                && cluster["groups_without_pump"]!.AsArray().Count == 0;
        });
        await BalancerSeesBothAsync(marketplace);
    }

    /// <summary>A server is ready before the checks of the balancer have seen it.</summary>
    private static async Task BalancerSeesBothAsync(BalancedMarketplace marketplace) =>
        await Eventually.HoldsAsync(what: "the balancer sees that both are up", condition: async () =>
            (await marketplace.Balancer.AdministerAsync("show stat")).Split("UP").Length > 3);

    private static async Task ReadyAsync(BalancedMarketplace marketplace, bool expected)
    {
        using var http = new HttpClient();
        foreach (var address in marketplace.Addresses)
        {
            await Eventually.HoldsAsync(what: $"ready is {expected}", condition: async () =>
                (await http.GetAsync(new Uri(address, "/health/ready"))).IsSuccessStatusCode == expected);
        }
    }
}
