using System.Text.Json;
using OrleansBilling.Runtime.WhatIf;

namespace OrleansBilling.Runtime.Serialization;

/// <summary>What is asked of simulations and what comes of them, as it is stored: by the rules of everything else.</summary>
internal static class WhatIfCodec
{
    public static byte[] Encode(WhatIfQuestion question) => JsonSerializer.SerializeToUtf8Bytes(question, WireJson.Options);

    public static byte[] Encode(SimulationResult result) => JsonSerializer.SerializeToUtf8Bytes(result, WireJson.Options);

    /// <summary>Throws <see cref="JsonException"/> for what <see cref="Encode(WhatIfQuestion)"/> and its like did not write.</summary>
    public static T Decode<T>(byte[] stored)
        where T : class => JsonSerializer.Deserialize<T>(stored, WireJson.Options) ?? throw new JsonException("What is stored is null.");
}
