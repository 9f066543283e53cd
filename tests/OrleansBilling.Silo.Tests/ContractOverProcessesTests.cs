using OrleansBilling.Gateway.Tests;
using OrleansBilling.Gateway.Tests.Harness;
using OrleansBilling.Silo.Tests.Given;
using OrleansBilling.Testing;

namespace OrleansBilling.Silo.Tests;

/// <summary>
/// Runs a selection of the HTTP contract tests against a gateway and two silos in separate processes. For each kind of route
/// it covers what the processes send each other.
/// </summary>
[Collection(ProcessCluster.Collection)]
public sealed class ContractOverProcessesTests
{
    /// <summary>The tests of a row share one cluster if their class shares its gateway.</summary>
    public static TheoryData<Type, string[]> Chosen => new()
    {
        {
            typeof(RefusalTests),
            [
                nameof(RefusalTests.A_wrong_method_names_the_right_one),
                nameof(RefusalTests.An_idempotency_key_has_255_characters_at_most),
                nameof(RefusalTests.Offers_keep_their_plan_and_currency),
            ]
        },
        {
            typeof(RolesTests),
            [
                nameof(RolesTests.Lists_show_only_what_is_their_own),
                nameof(RolesTests.A_token_that_a_seller_made_opens_that_sellers_subscriptions_only),
                nameof(RolesTests.Statistics_of_a_seller_count_its_own_only),
                nameof(RolesTests.A_refusal_for_want_of_a_right_has_no_effect),
                nameof(RolesTests.A_customer_changes_and_pauses_its_own_subscription),
            ]
        },
        { typeof(BulkTests), [nameof(BulkTests.Every_type_of_command_goes_through)] },
        { typeof(CatalogTests), [nameof(CatalogTests.A_new_price_is_a_new_version_and_running_subscriptions_keep_theirs)] },
        { typeof(ClockTests), [nameof(ClockTests.Simultaneous_advances_each_end_where_they_should)] },
        { typeof(IdempotencyTests), [nameof(IdempotencyTests.A_replay_shows_the_subscription_as_the_command_left_it)] },
        { typeof(ListTests), [nameof(ListTests.Events_and_invoices_come_oldest_first_and_in_pages)] },
        { typeof(MessageTests), [nameof(MessageTests.A_renewal_is_told_before_it_comes_and_the_message_waits_until_it_is_removed)] },
        {
            typeof(WholeLifeTests),
            [nameof(WholeLifeTests.A_subscription_lives_through_trial_renewal_dunning_recovery_cancellation_and_reactivation)]
        },
    };

    [PostgresTheory]
    [MemberData(nameof(Chosen))]
    public async Task It_holds(Type tests, string[] names)
    {
        Assert.NotEmpty(names);
        TestRuntime.OverProcesses.Value = true;
        var fixture = FixtureOf(tests);
        await LiveAsync(fixture, async () =>
        {
            foreach (var name in names)
            {
                var instance = Activator.CreateInstance(tests, fixture is null ? [] : [fixture])!;
                await LiveAsync(instance, () => (Task)tests.GetMethod(name)!.Invoke(instance, null)!);
            }
        });
    }

    /// <summary>The fixture that xunit would pass to the class.</summary>
    private static object? FixtureOf(Type tests) =>
        tests.GetConstructors().Single().GetParameters() is [var fixture] ? Activator.CreateInstance(fixture.ParameterType) : null;

    /// <summary>Starts and disposes as xunit does. The processes end even if the test fails.</summary>
    private static async Task LiveAsync(object? one, Func<Task> run)
    {
        try
        {
            if (one is IAsyncLifetime lifetime) await lifetime.InitializeAsync();
            await run();
        }
        finally
        {
            if (one is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
            else (one as IDisposable)?.Dispose();
        }
    }
}
