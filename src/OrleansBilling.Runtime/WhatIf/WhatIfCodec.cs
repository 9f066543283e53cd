using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansBilling.Runtime.Serialization;

namespace OrleansBilling.Runtime.WhatIf;

/// <summary>Stores questions and results of simulations as JSON, by the same rules as everything else.</summary>
internal static class WhatIfCodec
{
    private static readonly JsonSerializerOptions Options = new(WireJson.Options)
    {
        TypeInfoResolver = WireJson.Options.TypeInfoResolver!.WithAddedModifier(ReadOldNames),
    };

    public static byte[] Encode(WhatIfQuestion question) => JsonSerializer.SerializeToUtf8Bytes(question, Options);

    public static byte[] Encode(SimulationResult result) => JsonSerializer.SerializeToUtf8Bytes(result, Options);

    /// <summary>
    /// Throws <see cref="JsonException"/> for bytes that <see cref="Encode(WhatIfQuestion)"/> or its overload did not
    /// write.
    /// </summary>
    public static T Decode<T>(byte[] stored)
        where T : class => JsonSerializer.Deserialize<T>(stored, Options) ?? throw new JsonException("The stored value is null.");

    private static void ReadOldNames(JsonTypeInfo type)
    {
        if (type.Type != typeof(MonthFigures)) return;
        OldNames.Read(type, "cancelled_voluntary", "canceled_voluntary");
        OldNames.Read(type, "cancelled_involuntary", "canceled_involuntary");
    }
}
