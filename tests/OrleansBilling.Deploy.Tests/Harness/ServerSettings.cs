namespace OrleansBilling.Deploy.Tests.Harness;

/// <summary>Settings of processes under test, in the default role (all).</summary>
internal static class ServerSettings
{
    public const string AdminKey = "deploy-test-admin-key-0123456789";

    /// <summary>On PostgreSQL, with the stand-alone payment simulator and the system clock.</summary>
    public static Dictionary<string, string> On(string connectionString, Uri simulator) => new()
    {
        ["Billing__Storage"] = "postgres",
        ["ConnectionStrings__Billing"] = connectionString,
        ["Billing__Payments"] = simulator.ToString(),
        ["Billing__AdminKey"] = AdminKey,
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
    };

    /// <summary>The same on a virtual clock that starts at an instant such as 2024-01-31T00:00:00Z.</summary>
    public static Dictionary<string, string> At(this Dictionary<string, string> settings, string instant) =>
        new(settings) { ["Billing__Clock"] = "virtual", ["Billing__ClockStart"] = instant };
}
