namespace OrleansBilling.PaymentSimulator.Tests;

/// <summary>A test against a simulator in memory with its own book.</summary>
public abstract class SimulatorTest : IDisposable
{
    private readonly BookFolder folder = new();
    private readonly SimulatorFactory factory;

    protected SimulatorTest()
    {
        factory = new SimulatorFactory(folder.BookPath);
        Client = factory.CreateClient();
    }

    protected HttpClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        factory.Dispose();
        folder.Dispose();
    }
}
