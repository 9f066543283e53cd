using OrleansBilling.LoadTests.Scenarios;
using OrleansBilling.LoadTests.Scenarios.Cases;
using OrleansBilling.LoadTests.Scenarios.Systems;

namespace OrleansBilling.LoadTests.Tests;

/// <summary>Impossible combinations of options are rejected before anything starts.</summary>
public sealed class ScenarioCheckTests
{
    [Theory]
    [InlineData("steady", TargetNames.Silo, "over HTTP")]
    [InlineData("peak-day", TargetNames.Http, "Simulator__LatencyMilliseconds=200")]
    [InlineData("failing-provider", TargetNames.Bulk, "Simulator__DropAnswerPercent=2")]
    public void What_cannot_be_done_there_is_refused_with_the_reason(string name, string target, string reason)
    {
        var options = RemoteTests.Options(new GatewayAddress(new Uri("http://nowhere.invalid"), "key")) with { Targets = [target] };
        var refused = Assert.Throws<BadArgumentException>(
            () => ScenarioCheck.Require(options, [LoadScenario.All.Single(scenario => scenario.Name == name)]));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_is_of_one_run()
    {
        var options = RemoteTests.Options(new GatewayAddress(new Uri("http://nowhere.invalid"), "key")) with { Histogram = "file" };
        ScenarioCheck.Require(options, [LoadScenario.All[0]]);
        Assert.Throws<BadArgumentException>(() => ScenarioCheck.Require(options, LoadScenario.All.Take(2).ToList()));
    }
}
