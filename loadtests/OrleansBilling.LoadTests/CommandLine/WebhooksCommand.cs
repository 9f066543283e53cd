using System.CommandLine;
using OrleansBilling.LoadTests.Webhooks;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>webhooks</c>: measures how late deliveries are, what they cost, and that none is missing.</summary>
internal static class WebhooksCommand
{
    public static Command Create()
    {
        var rate = new BoundedNumber("--rate", "Commands per second.", 2_000, 1, 100_000);
        var seconds = new BoundedNumber("--seconds", "Seconds of each part.", 15, 1, 3_600);
        var subscriptions = new BoundedNumber("--subscriptions", "Subscriptions sold before.", 2_000, 1, 1_000_000);
        var endpoints = new BoundedNumber(
            "--endpoints", "Instead, compare so many endpoints of one seller each with one for everything.", 0, 0, 100_000);
        var command = new Command("webhooks", "Sends events to endpoints under load: their lag, their cost, their order.")
        {
            rate.Option, seconds.Option, subscriptions.Option, endpoints.Option,
        };
        command.SetAction((parsed, cancellationToken) => endpoints.Read(parsed) is var many and > 0
            ? ManyEndpointsRun.RunAsync(new ManyEndpointsOptions(many, rate.Read(parsed), seconds.Read(parsed)), cancellationToken)
            : WebhookRun.RunAsync(
                new WebhookOptions(rate.Read(parsed), seconds.Read(parsed), subscriptions.Read(parsed)), cancellationToken));
        return command;
    }
}
