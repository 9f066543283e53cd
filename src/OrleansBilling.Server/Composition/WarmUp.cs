using System.Net;
using System.Net.Http.Headers;
using System.Runtime;
using System.Text;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Rehearsal;
using OrleansBilling.Server.Settings;
using Role = OrleansBilling.Server.Settings.Role;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// Runs the way of a command before the process says that it is ready: made-up commands that lose in the journal, and calls and requests
/// about a subscription that does not exist. What fails is left out: the process is ready all the same.
/// </summary>
internal sealed partial class WarmUp(ServerSettings settings, Foundation foundation, Readiness readiness, ILogger<WarmUp> logger)
{
    private const int Lives = 8;
    private const int Requests = 64;
    private const int RequestsAtOnce = 16;

    /// <summary>Code that is run often is compiled again, better, after about a tenth of a second.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    /// <summary>For a process in which something hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Code is compiled once per process, so a second server in it needs none.</summary>
    private static int done;

    private readonly string id = NewId();
    private readonly CommandRehearsal rehearsal = new(foundation.Storage.Journal, foundation.Clock.Clock, Machine.Time);

    /// <param name="runtime">What the API calls; null for a process that is only a silo.</param>
    /// <param name="addresses">Where the API is served.</param>
    public async Task RunAsync(IBillingRuntime? runtime, IEnumerable<string> addresses, CancellationToken stopping)
    {
        var started = Machine.Time.GetTimestamp();
        List<HttpClient> clients = [];
        try
        {
            if (settings.WarmUp == TimeSpan.Zero || Interlocked.Exchange(ref done, 1) != 0) return;
            using var ending = new CancellationTokenSource(settings.WarmUp + Patience, Machine.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, stopping);
            clients.AddRange(addresses.Select(ClientOf).OfType<HttpClient>());
            var (compiled, quietSince) = (0L, started);
            do
            {
                if (settings.Role != Role.Gateway && !await RehearseAsync(either.Token)) return;
                if (runtime is not null) await CallAsync(runtime, either.Token);
                foreach (var client in clients) await AskAsync(client, either.Token);
                var now = JitInfo.GetCompiledMethodCount();
                if (now != compiled) (compiled, quietSince) = (now, Machine.Time.GetTimestamp());
            }
            while (Machine.Time.GetElapsedTime(started) < settings.WarmUp && Machine.Time.GetElapsedTime(quietSince) < Quiet);
            var took = Machine.Time.GetElapsedTime(started);
            LogDone(took);
        }
        catch (Exception e)
        {
            // Callers will see what it is, if it lasts. It must not keep the process from serving the rest.
            LogEnded(e.Message);
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
            readiness.Warm();
        }
    }

    private static string NewId()
    {
        Span<byte> random = stackalloc byte[16];
        Machine.Dice(random);
        return $"rehearsal-{Convert.ToHexStringLower(random)}";
    }

    /// <summary>False if the journal is not available now.</summary>
    private async Task<bool> RehearseAsync(CancellationToken cancellationToken)
    {
        var lives = Enumerable.Range(0, Lives).Select(life => rehearsal.RunAsync($"{id}-{life}", cancellationToken));
        if (!(await Task.WhenAll(lives)).Contains(false)) return true;
        LogEnded("a command was not accepted; the database may be away.");
        return false;
    }

    /// <summary>Calls grains on every silo.</summary>
    private async Task CallAsync(IBillingRuntime runtime, CancellationToken cancellationToken)
    {
        var change = new SubscriptionCommand.ChangePaymentMethod("tok_ok");
        await Task.WhenAll(Enumerable.Range(0, Requests).Select(n => runtime.ExecuteAsync(
            $"{id}-{n}", new CommandEnvelope(change, Caller.Administrator, new IdempotencyKey((ulong)n, (ulong)n)), cancellationToken)
            .AsTask()));
    }

    /// <summary>For an address of this machine, if there is a key that makes requests go all the way; otherwise null.</summary>
    private HttpClient? ClientOf(string listening)
    {
        if (settings.AdminKey is not { } key || !Uri.TryCreate(listening, UriKind.Absolute, out var address)) return null;
        var host = address.Host is "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        if (address.Scheme != Uri.UriSchemeHttp || !IPAddress.TryParse(host, out _)) return null;
        return new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new UriBuilder(address) { Host = host }.Uri,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };
    }

    private async Task AskAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), options, async (n, stop) =>
        {
            var path = $"/v1/subscriptions/{id}-{n % Lives}";
            using var request = n % 4 == 0
                ? new HttpRequestMessage(HttpMethod.Get, path)
                : new HttpRequestMessage(HttpMethod.Post, $"{path}/payment-method")
                {
                    Content = new StringContent("""{"token":"tok_ok"}""", Encoding.UTF8, "application/json"),
                    Headers = { { "Idempotency-Key", $"{id}-{n}" } },
                };
            using var answer = await http.SendAsync(request, stop);
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Rehearsed for {Took}.")]
    private partial void LogDone(TimeSpan took);

    [LoggerMessage(Level = LogLevel.Information, Message = "The rehearsal before readiness ended early: {Reason}")]
    private partial void LogEnded(string reason);
}
