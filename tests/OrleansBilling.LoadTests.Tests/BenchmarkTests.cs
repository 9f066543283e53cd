using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using OrleansBilling.Benchmarks;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Testing;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>Each benchmark measures successful work, not a failure.</summary>
public sealed class BenchmarkTests
{
    public static TheoryData<string> Classes =>
        [.. typeof(DecideBenchmarks).Assembly.GetTypes().Where(IsBenchmark).Select(type => type.Name)];

    [PostgresTheory]
    [MemberData(nameof(Classes))]
    public async Task A_benchmark_does_its_work(string name)
    {
        var type = typeof(DecideBenchmarks).Assembly.GetTypes().Single(type => type.Name == name);
        var cases = BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases;
        Assert.NotEmpty(cases);
        foreach (var one in cases) await RunTwiceAsync(one);
    }

    private static async Task RunTwiceAsync(BenchmarkCase one)
    {
        var benchmark = Activator.CreateInstance(one.Descriptor.Type)!;
        foreach (var parameter in one.Parameters.Items)
            one.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(benchmark, parameter.Value);
        await CallAsync(benchmark, one.Descriptor.GlobalSetupMethod);
        for (var run = 0; run < 2; run++) Check(await CallAsync(benchmark, one.Descriptor.WorkloadMethod));
        await CallAsync(benchmark, one.Descriptor.GlobalCleanupMethod);
    }

    private static void Check(object? result)
    {
        switch (result)
        {
            case Decision decision:
                Assert.Null(decision.Refusal);
                Assert.NotEmpty(decision.Steps);
                break;
            case Subscription state:
                Assert.Equal(SubscriptionStatus.Active, state.Status);
                break;
            case byte[] bytes:
                Assert.NotEmpty(bytes);
                break;
            case StoredEvent stored:
                Assert.NotEmpty(stored.Data);
                break;
            case SubscriptionEvent happened:
                Assert.IsType<SubscriptionEvent.RecurrenceStarted>(happened);
                break;
            case CommandEnvelope envelope:
                Assert.IsType<SubscriptionCommand.ChangePaymentMethod>(envelope.Command);
                break;
            case CommitOutcome outcome:
                Assert.Equal(CommitOutcome.Committed, outcome);
                break;
            case CommandResult answer:
                Assert.IsType<CommandResult.Accepted>(answer);
                break;
            default:
                Assert.Fail($"Nothing says what {result?.GetType().Name ?? "nothing"} should be like.");
                break;
        }
    }

    private static async Task<object?> CallAsync(object benchmark, MethodInfo? method) => method?.Invoke(benchmark, null) switch
    {
        Task<CommitOutcome> outcome => await outcome,
        Task<CommandResult> result => await result,
        ValueTask<CommandEnvelope?> envelope => await envelope,
        Task done => await DoneAsync(done),
        var result => result,
    };

    private static async Task<object?> DoneAsync(Task done)
    {
        await done;
        return null;
    }

    private static bool IsBenchmark(Type type) =>
        type.GetMethods().Any(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null);
}
