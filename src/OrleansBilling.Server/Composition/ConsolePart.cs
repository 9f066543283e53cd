using System.Collections.Concurrent;
using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OrleansBilling.Console;
using OrleansBilling.Console.Hosting;

namespace OrleansBilling.Server.Composition;

/// <summary>
/// The pages, served by a process that serves the API. They call it over loopback like anybody else. Their cookies are encrypted by the
/// key ring that all processes share, so a session goes on at another gateway.
/// </summary>
internal static class ConsolePart
{
    private const string Application = "orleans-billing";

    /// <param name="addresses">Where this process listens.</param>
    /// <param name="ring">The shared key ring; null without a master key: then a session is known to this process only.</param>
    public static void AddConsole(
        this IServiceCollection services, ConsoleLimits limits, Func<IEnumerable<string>> addresses, Func<IXmlRepository?> ring)
    {
        services.AddConsole(new ConsoleOptions { Api = () => LoopbackOf(addresses()), Limits = limits });
        services.AddDataProtection(options => options.ApplicationDiscriminator = Application);
        services.AddOptions<KeyManagementOptions>().Configure(options => options.XmlRepository = ring() ?? new OwnKeys());
    }

    /// <summary>The address of this machine under which the process reaches itself; one without TLS if there is one.</summary>
    private static Uri LoopbackOf(IEnumerable<string> addresses)
    {
        var listening = addresses.Select(BindingAddress.Parse).OrderBy(address => address.Scheme == Uri.UriSchemeHttp ? 0 : 1).First();
        var host = listening.Host is "localhost" || IPAddress.TryParse(listening.Host.Trim('[', ']'), out var ip) && !IsAny(ip)
            ? listening.Host
            : "127.0.0.1";
        return new Uri($"{listening.Scheme}://{host}:{listening.Port}");
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Keys that nobody else has and that end with the process.</summary>
    private sealed class OwnKeys : IXmlRepository
    {
        private readonly ConcurrentQueue<XElement> elements = new();

        public IReadOnlyCollection<XElement> GetAllElements() => [.. elements];

        public void StoreElement(XElement element, string friendlyName) => elements.Enqueue(element);
    }
}
