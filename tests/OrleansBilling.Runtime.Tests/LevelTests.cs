using System.Diagnostics.Metrics;
using OrleansBilling.Runtime.Telemetry;

namespace OrleansBilling.Runtime.Tests;

public sealed class LevelTests
{
    [Fact]
    public void It_is_reported_before_there_is_anything_and_follows_what_is_added()
    {
        using var meter = new Meter("levels");
        List<long> reported = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter == meter) it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => reported.Add(value));
        listener.Start();
        var level = new Level(meter, "calls", "{call}", "Calls under way.");

        listener.RecordObservableInstruments();
        level.Add(3);
        listener.RecordObservableInstruments();
        level.Add(-3);
        listener.RecordObservableInstruments();

        Assert.Equal([0, 3, 0], reported);
    }
}
