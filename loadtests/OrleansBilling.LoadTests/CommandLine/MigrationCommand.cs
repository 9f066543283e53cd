using System.CommandLine;
using OrleansBilling.LoadTests.Migrations;

namespace OrleansBilling.LoadTests.CommandLine;

/// <summary><c>migration</c>: rehearses migrations on a filled database while commands arrive.</summary>
internal static class MigrationCommand
{
    public static Command Create()
    {
        var subscriptions = new BoundedNumber("--subscriptions", "Subscriptions in the database.", 100_000, 1_000, 10_000_000);
        var callers = new BoundedNumber("--callers", "Callers that send commands meanwhile, one at a time each.", 64, 1, 10_000);
        var command = new Command(
            "migration", "Applies a column, an index (interrupted once) and a table to a filled PostgreSQL database under load.")
        {
            subscriptions.Option, callers.Option,
        };
        command.SetAction(
            (parsed, cancellationToken) => new MigrationRun(subscriptions.Read(parsed), callers.Read(parsed)).RunAsync(cancellationToken));
        return command;
    }
}
