using System.Diagnostics.CodeAnalysis;
using Orleans.GrainDirectory;
using Orleans.Metadata;
using Orleans.Runtime.GrainDirectory;

namespace OrleansBilling.Silo.Placement;

/// <summary>
/// Gives subscriptions and due pumps the <see cref="RingDirectory"/>. An attribute on the grain would publish the directory's name to the
/// whole cluster, and a silo of an older version could not find it there during a rolling upgrade.
/// </summary>
internal sealed class RingDirectoryResolver(RingDirectory ring) : IGrainDirectoryResolver
{
    public const string SubscriptionType = "orleans_billing.subscription";
    public const string DuePumpType = "orleans_billing.due_pump";

    private static readonly GrainType Subscription = GrainType.Create(SubscriptionType);
    private static readonly GrainType DuePump = GrainType.Create(DuePumpType);

    public bool TryResolveGrainDirectory(
        GrainType grainType, GrainProperties? properties, [NotNullWhen(true)] out IGrainDirectory? grainDirectory)
    {
        grainDirectory = grainType == Subscription || grainType == DuePump ? ring : null;
        return grainDirectory is not null;
    }
}
