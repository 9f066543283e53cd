using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansBilling.Domain.Catalog;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Catalog;
using OrleansBilling.Runtime.Serialization;
using OrleansBilling.Silo.Client;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Tests;

/// <summary>Within a process Orleans passes messages as objects. Messages to another process are bytes in our own format.</summary>
public sealed class HandOverTests : IDisposable
{
    private static readonly CommandEnvelope Envelope = new(
        new SubscriptionCommand.ChangePaymentMethod("tok_ok"), Caller.Administrator, new IdempotencyKey(1, 2));
    private static readonly CommandResult Result = new CommandResult.Refused(Refusal.NoCancellationScheduled);
    private readonly ServiceProvider services = new ServiceCollection()
        .AddSerializer(builder => builder.AddAssembly(typeof(ClusterHost).Assembly)).BuildServiceProvider();
    private readonly CatalogCache catalog = new(new UnusedCatalog(), TimeProvider.System);

    [Fact]
    public async Task Within_a_process_the_command_and_its_result_are_the_very_objects()
    {
        var copier = services.GetRequiredService<DeepCopier>();
        Assert.Same(Envelope, await copier.Copy(new CommandMessage(Envelope, null)).OpenAsync(catalog));
        Assert.Same(Result, await copier.Copy(new CommandAnswer(Result)).OpenAsync(catalog, CancellationToken.None));
    }

    [Fact]
    public async Task Between_processes_they_are_bytes_of_our_own_format()
    {
        var command = Cross(new CommandMessage(Envelope, 7));
        Assert.Equal(CommandCodec.Encode(Envelope), command.Body);
        Assert.Equal(7, command.VirtualNow);
        Assert.Equal(Envelope, await command.OpenAsync(catalog));

        var answer = Cross(new CommandAnswer(Result));
        Assert.Equal(ResultCodec.Encode(Result), answer.Body);
        Assert.Equal(Result, await answer.OpenAsync(catalog, CancellationToken.None));
    }

    [Fact]
    public void What_an_effect_is_told_does_not_carry_the_subscription()
    {
        Assert.Equal((true, "no_cancellation_scheduled"), Told(Result));
        Assert.Equal((false, null), Told(new CommandResult.Unavailable("busy", "Later.")));

        (bool, string?) Told(CommandResult result)
        {
            var answer = Cross(EffectMessage.Of(result)).Answer;
            return (answer.IsOver, answer.Refusal);
        }
    }

    public void Dispose() => services.Dispose();

    private T Cross<T>(T message)
    {
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(message))!;
    }

    private sealed class UnusedCatalog : ICatalogStore
    {
        public ValueTask<bool> AddAsync(Product product, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is sold here.");

        public ValueTask<bool> AddAsync(Plan plan, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is sold here.");

        public ValueTask<bool> AddAsync(Offer offer, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is sold here.");

        public ValueTask<Product?> FindProductAsync(string productId, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is sold here.");

        public ValueTask<Plan?> FindPlanAsync(string planId, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is sold here.");

        public ValueTask<Offer?> FindOfferAsync(string offerId, int? version, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is sold here.");
    }
}
