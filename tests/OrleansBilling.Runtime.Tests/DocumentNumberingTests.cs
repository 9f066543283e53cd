using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OrleansBilling.Runtime.Documents;
using OrleansBilling.Runtime.Hosting;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Runtime.Tests;

/// <summary>Documents are numbered in the background, in batches, and also after database faults.</summary>
public sealed class DocumentNumberingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_waits_is_numbered_to_the_last_one_a_thousand_at_a_time()
    {
        var documents = new WaitingDocuments();
        _ = documents.AddAsync(2_500);
        using var numbering = Numbering(documents);

        await numbering.DrainAsync(CancellationToken.None);

        Assert.Equal([1_000, 1_000, 500], documents.Batches);
        Assert.Equal(0, documents.Waiting);
    }

    [Fact]
    public async Task The_loop_goes_on_after_the_database_was_away_and_ends_when_it_is_told()
    {
        var documents = new WaitingDocuments();
        documents.FailTimes(2);
        var first = documents.AddAsync(3);
        using var numbering = Numbering(documents);

        numbering.Start();
        await first.WaitAsync(Patience);
        await documents.AddAsync(1).WaitAsync(Patience);
        await numbering.StopAsync().WaitAsync(Patience);

        Assert.Equal([3, 1], documents.Batches);
    }

    [Fact]
    public async Task An_advance_of_virtual_time_leaves_no_document_without_a_number()
    {
        var documents = new WaitingDocuments();
        _ = documents.AddAsync(1);
        await using var host = new Host();
        using var numbering = Numbering(documents);
        using var virtualTime = new VirtualTime(
            host.Runtime, numbering, host.Journal, new MemorySettings(), host.Clock, TimeProvider.System);

        await virtualTime.AdvanceAsync(host.Clock.GetCurrentInstant() + Duration.FromDays(1), CancellationToken.None);

        Assert.Equal(0, documents.Waiting);
        documents.FailTimes(1);
        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => virtualTime.AdvanceAsync(host.Clock.GetCurrentInstant(), CancellationToken.None));
    }

    private static DocumentNumbering Numbering(WaitingDocuments documents) =>
        new(documents, TimeProvider.System, NullLogger<DocumentNumbering>.Instance);
}
