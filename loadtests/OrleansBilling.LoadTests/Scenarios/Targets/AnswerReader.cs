using System.Text.Json;
using OrleansBilling.LoadTests.Measuring;

namespace OrleansBilling.LoadTests.Scenarios.Targets;

/// <summary>Reads the needed fields of a JSON answer: a subscription, a problem or a line.</summary>
internal static class AnswerReader
{
    private const int CodeDepthMax = 2;

    /// <summary>Reads an HTTP response.</summary>
    public static CommandAnswer Read(int status, ReadOnlySpan<byte> body) => Read(body, status);

    /// <summary>Reads a line of POST /v1/commands, which contains its status.</summary>
    public static CommandAnswer ReadLine(ReadOnlySpan<byte> line) => Read(line, status: 0);

    private static CommandAnswer Read(ReadOnlySpan<byte> json, int status)
    {
        var reader = new Utf8JsonReader(json);
        var version = 0L;
        string? code = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > CodeDepthMax) continue;
            if (reader.CurrentDepth == 1 && reader.ValueTextEquals("version"u8)) version = Next(ref reader).GetInt64();
            else if (reader.CurrentDepth == 1 && status == 0 && reader.ValueTextEquals("status"u8)) status = Next(ref reader).GetInt32();
            else if (reader.ValueTextEquals("code"u8)) code = Next(ref reader).GetString();
            if (version > 0 && status is >= 200 and < 300) return new CommandAnswer(AnswerKind.Done, version, null);
        }

        var kind = CommandAnswer.KindOf(status);
        if (kind == AnswerKind.Done) throw new LoadTestException("An answer has no version.");
        return new CommandAnswer(kind, 0, code ?? $"status_{status}");
    }

    private static Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader;
    }
}
