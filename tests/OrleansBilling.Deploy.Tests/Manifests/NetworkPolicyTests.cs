using k8s.Models;
using Peer = OrleansBilling.Deploy.Tests.Manifests.NetworkRules.Peer;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>
/// Who may connect to whom in Kubernetes. Every pair of the parties below is tried at every port; only what is listed passes.
/// </summary>
public sealed class NetworkPolicyTests
{
    private static readonly Dictionary<string, Peer> Parties = new()
    {
        ["server"] = new(NetworkRules.Ours, "server"),
        ["silo"] = new(NetworkRules.Ours, "silo"),
        ["gateway"] = new(NetworkRules.Ours, "gateway"),
        ["migrate"] = new(NetworkRules.Ours, "migrate"),
        ["backup"] = new(NetworkRules.Ours, "backup"),
        ["simulator"] = new(NetworkRules.Ours, "payment-simulator"),
        ["dns"] = new("kube-system", "kube-dns"),
        ["ingress"] = new("ingress-nginx", "ingress-nginx"),
        ["prometheus"] = new("observability", "prometheus"),
        ["collector"] = new("observability", "otel-collector"),
        ["stranger"] = new("default", "silo"),
        ["neighbor"] = new("ingress-nginx", "something-else"),
        ["database"] = new("", "", "192.0.2.10"),
        ["internet"] = new("", "", "203.0.113.5"),
    };

    private static readonly string[] Ports = ["http", "silos", "gateways", "53", "5432", "5090", "4317"];

    private static readonly string[] Allowed =
    [
        "server>server silos", "server>silo silos", "silo>server silos", "silo>silo silos",
        "gateway>server gateways", "gateway>silo gateways",
        "server>database 5432", "silo>database 5432", "gateway>database 5432", "migrate>database 5432", "backup>database 5432",
        "server>simulator 5090", "silo>simulator 5090",
        "server>collector 4317", "silo>collector 4317", "gateway>collector 4317",
        "prometheus>server http", "prometheus>silo http", "prometheus>gateway http",
        "ingress>server http", "ingress>gateway http",
        "server>dns 53", "silo>dns 53", "gateway>dns 53", "migrate>dns 53", "backup>dns 53", "simulator>dns 53",
    ];

    [Fact]
    public void What_is_needed_passes_and_nothing_else()
    {
        var rules = new NetworkRules(KubernetesFiles.Read<V1NetworkPolicy>("split"));
        var passing =
            from source in Parties
            from target in Parties
            where source.Value.Space == NetworkRules.Ours || target.Value.Space == NetworkRules.Ours
            from port in Ports
            where rules.Allows(source.Value, target.Value, port)
            select $"{source.Key}>{target.Key} {port}";

        Assert.Equal(Allowed.Order(StringComparer.Ordinal), passing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_port_with_a_name_is_one_of_a_container()
    {
        var named = KubernetesFiles.Read<V1NetworkPolicy>("split")
            .SelectMany(policy => (policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports)
                .Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.Ports)))
            .Select(port => port.Port.Value).Where(port => !char.IsDigit(port[0])).Distinct();
        Assert.Equal(["gateways", "http", "silos"], named.Order());
    }
}
