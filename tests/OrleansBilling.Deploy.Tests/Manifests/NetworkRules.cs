using k8s.Models;

namespace OrleansBilling.Deploy.Tests.Manifests;

/// <summary>
/// Decides as a network plugin does whether one pod may connect to another: the policies of the sender must allow it to go out,
/// and those of the receiver to come in. A pod that no policy selects for a direction is open in that direction.
/// </summary>
internal sealed class NetworkRules(IReadOnlyCollection<V1NetworkPolicy> policies)
{
    /// <summary>One end of a connection. A pod has a namespace and labels; anything outside of the cluster has an address.</summary>
    public sealed record Peer(string Space, string Name, string? Address = null)
    {
        public Dictionary<string, string> Labels => new()
        {
            ["app.kubernetes.io/name"] = Name, ["k8s-app"] = Name,
            ["app.kubernetes.io/part-of"] = Space == Ours ? "orleans-billing" : "other",
        };
    }

    public const string Ours = "orleans-billing";

    public bool Allows(Peer from, Peer to, string port)
    {
        var goes = from.Space != Ours || Passes(from, "Egress", policy => policy.Spec.Egress?.Any(
            rule => rule.To.Any(peer => Matches(peer, to)) && rule.Ports.Any(one => one.Port.Value == port)) == true);
        return goes && (to.Space != Ours || Passes(to, "Ingress", policy => policy.Spec.Ingress?.Any(
            rule => rule.FromProperty.Any(peer => Matches(peer, from)) && rule.Ports.Any(one => one.Port.Value == port)) == true));
    }

    private bool Passes(Peer pod, string direction, Func<V1NetworkPolicy, bool> allows)
    {
        var selecting = policies
            .Where(policy => policy.Spec.PolicyTypes.Contains(direction) && Selects(policy.Spec.PodSelector, pod.Labels)).ToList();
        return selecting.Count == 0 || selecting.Exists(policy => allows(policy));
    }

    private static bool Matches(V1NetworkPolicyPeer rule, Peer peer)
    {
        if (rule.IpBlock is { } block) return peer.Address is not null && block.Cidr == $"{peer.Address}/32";
        if (peer.Address is not null) return false;
        var space = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = peer.Space };
        var inSpace = rule.NamespaceSelector is { } selector ? Selects(selector, space) : peer.Space == Ours;
        return inSpace && (rule.PodSelector is null || Selects(rule.PodSelector, peer.Labels));
    }

    private static bool Selects(V1LabelSelector selector, Dictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(one => labels.GetValueOrDefault(one.Key) == one.Value)
        && (selector.MatchExpressions ?? []).All(one =>
            one.OperatorProperty == "In" && labels.TryGetValue(one.Key, out var value) && one.Values.Contains(value));
}
