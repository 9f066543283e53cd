using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.LoadTests.Measuring;
using OrleansBilling.LoadTests.Scenarios.Workloads;
using OrleansBilling.LoadTests.Seeding;
using OrleansBilling.Runtime;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>A runtime in this process, without HTTP.</summary>
internal sealed class RuntimeTarget(IBillingRuntime runtime, LoadCatalog catalog) : ILoadTarget
{
    public async ValueTask<CommandAnswer> SendAsync(LoadCommand command)
    {
        var id = catalog.IdOf(command.Number);
        var result = await runtime.ExecuteAsync(id, new CommandEnvelope(Ask(id, command), Caller.Administrator), CancellationToken.None);
        return result switch
        {
            CommandResult.Accepted accepted => new CommandAnswer(AnswerKind.Done, accepted.State.Version, null),
            CommandResult.Refused refused => new CommandAnswer(AnswerKind.Refused, 0, refused.Refusal.Code),
            CommandResult.Unavailable unavailable => new CommandAnswer(AnswerKind.Failed, 0, unavailable.Code),
            _ => throw new InvalidOperationException($"Unknown result {result}."),
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SubscriptionCommand Ask(string id, LoadCommand command) => command.Kind switch
    {
        LoadKind.PaymentMethod => new SubscriptionCommand.ChangePaymentMethod(command.Token!),
        LoadKind.Subscribe =>
            new SubscriptionCommand.Subscribe(
                id, catalog.Offers[command.Product], new Customer(SeedTemplate.CustomerOf(id), null), command.Token, null, null, null),
        LoadKind.CancelNow => Cancel(EffectiveAt.Now),
        LoadKind.CancelAtPeriodEnd => Cancel(EffectiveAt.PeriodEnd),
        LoadKind.Uncancel => new SubscriptionCommand.Uncancel(),
        LoadKind.Reactivate => new SubscriptionCommand.Reactivate(ChargeNow: true, PaymentToken: null),
        LoadKind.Retry => new SubscriptionCommand.Retry(),
        _ => throw new InvalidOperationException($"Unknown kind {command.Kind}."),
    };

    private static SubscriptionCommand.Cancel Cancel(EffectiveAt at) =>
        new(at, "load", null, CancellationRefund.None, CancellationOrigin.Customer);
}
