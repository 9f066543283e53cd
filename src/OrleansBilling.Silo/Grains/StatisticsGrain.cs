using Orleans.Concurrency;
using OrleansBilling.Runtime.Journal;
using OrleansBilling.Silo.Hosting;
using OrleansBilling.Silo.Placement;
using OrleansBilling.Silo.Wire;

namespace OrleansBilling.Silo.Grains;

/// <summary>
/// Answers questions about a seller or a product for all gateways. Equal questions share one read of the journal, and its
/// answer is reused for half a second. On a virtual clock nothing is reused, because months can pass in a moment.
/// </summary>
[RingPlacement, Reentrant, GrainType("orleans_billing.statistics")]
internal sealed class StatisticsGrain(SiloRuntime silo, SiloOptions options) : Grain, IStatisticsGrain
{
    private const int AnswersMax = 256;
    private readonly Dictionary<StatisticsQuestion, (Task<StatisticsAnswer> Answer, long AskedAt)> answers = [];

    public Task<StatisticsAnswer> AskAsync(StatisticsQuestion question)
    {
        if (silo.Clock.IsVirtual) return ReadAsync(question);
        if (answers.TryGetValue(question, out var known) && silo.Time.GetElapsedTime(known.AskedAt) < options.StatisticsAge)
            return known.Answer;
        Forget();
        var answer = ReadAsync(question);
        answers[question] = (answer, silo.Time.GetTimestamp());
        return answer;
    }

    /// <summary>Drops expired answers, because an answer can be large.</summary>
    private void Forget()
    {
        foreach (var (question, known) in answers)
        {
            if (silo.Time.GetElapsedTime(known.AskedAt) >= options.StatisticsAge) answers.Remove(question);
        }

        if (answers.Count >= AnswersMax) answers.Clear();
    }

    private async Task<StatisticsAnswer> ReadAsync(StatisticsQuestion question)
    {
        try
        {
            var grouping = Enum.Parse<StatisticsGrouping>(question.Grouping);
            return StatisticsAnswer.Of(
                await silo.Stores.Statistics.ReadAsync(question.Filter, question.Range, grouping, CancellationToken.None));
        }
        catch (JournalUnavailableException e)
        {
            return new StatisticsAnswer { Unavailable = e.Message };
        }
    }
}
