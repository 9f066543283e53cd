using System.Security.Cryptography;
using System.Text.Json;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Tests.WhatIf;

/// <summary>The same seed and book give the same answer, and the book itself is never modified.</summary>
public sealed class DeterminismTests
{
    private static readonly Assumptions Eventful = new(70_000, 40_000, 8_000, 3_000);
    private static readonly WhatIfChanges Changes = Book.Price(percent: 15) with { Dunning = new DunningChange { MaxRetries = 2 } };

    [Fact]
    public async Task The_answer_is_the_same_with_one_worker_and_with_four()
    {
        await using var book = await Book.OfAsync(50);
        var question = book.Question(Changes, Eventful, months: 12, seed: 11);
        var one = Text(await book.AskAsync(question, workers: 1));

        for (var again = 0; again < 3; again++) Assert.Equal(one, Text(await book.AskAsync(question, workers: 4)));
        Assert.NotEqual(one, Text(await book.AskAsync(question with { Seed = 12 }, workers: 4)));
        Assert.Equal(7, book.Directory.LargestPage);
    }

    [Fact]
    public async Task Live_state_is_not_touched()
    {
        await using var book = await Book.OfAsync(20);
        var before = await FingerprintAsync(book);
        await book.AskAsync(Changes, Eventful, months: 36);
        Assert.Equal(before, await FingerprintAsync(book));
    }

    [Fact]
    public async Task Of_a_larger_book_a_sample_is_taken_that_follows_from_the_seed()
    {
        await using var book = await Book.OfAsync(200);
        var question = book.Question(Changes, Eventful, seed: 3) with { SubscriptionsMax = 50 };
        var sample = await book.AskAsync(question);

        Assert.Equal(200, sample.Of);
        Assert.InRange(sample.Taken, 30, 70);
        Assert.Equal(sample.Taken, sample.Currencies[0].Baseline.Start.Current);
        Assert.Equal(Text(sample), Text(await book.AskAsync(question, workers: 4)));
        Assert.NotEqual(Text(sample), Text(await book.AskAsync(question with { Seed = 4 })));

        var whole = await book.AskAsync(question with { SubscriptionsMax = 200 });
        Assert.Equal((200, 200), (whole.Taken, whole.Of));
    }

    private static string Text(SimulationResult result) => JsonSerializer.Serialize(result);

    private static async Task<string> FingerprintAsync(Book book)
    {
        var journal = book.Host.Journal;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var id in journal.Ids)
        {
            hash.AppendData((await journal.LoadAsync(id, CancellationToken.None))!.State);
            foreach (var e in await journal.ReadEventsAsync(id, 0, 10_000, CancellationToken.None)) hash.AppendData(e.Data);
        }

        return $"{journal.Commits} commits, {journal.Deltas.Count} deltas, {journal.Messages.Count} messages, " +
            $"{Convert.ToHexString(hash.GetHashAndReset())}";
    }
}
