using System.Text;

namespace OrleansBilling.Gateway.Tests.Harness;

/// <summary>A span as a collector receives it, read from the protobuf of ExportTraceServiceRequest (opentelemetry-proto 1.x).</summary>
/// <param name="Service">The service.name of its resource.</param>
/// <param name="Parent">Empty for the first span of a trace.</param>
/// <param name="LinkedTraces">The traces that it links to.</param>
internal sealed record OtlpSpan(string Service, string Name, string Trace, string Id, string Parent, IReadOnlyList<string> LinkedTraces)
{
    public static IEnumerable<OtlpSpan> ReadAll(byte[] request)
    {
        foreach (var resourceSpans in Fields(request, 1))
        {
            var service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1))
                .Where(attribute => Text(attribute, 1) == "service.name")
                .Select(attribute => Text(Fields(attribute, 2).Single(), 1)).Single();
            foreach (var span in Fields(resourceSpans, 2).SelectMany(scope => Fields(scope, 2)))
            {
                yield return new OtlpSpan(
                    service, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), [.. Fields(span, 13).Select(link => Hex(link, 1))]);
            }
        }
    }

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    private static string Hex(byte[] message, int field) => Convert.ToHexString(Fields(message, field).FirstOrDefault() ?? []);

    /// <summary>The values of a field that has a length (wire type 2). Numbers are skipped.</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    if (tag >> 3 == (ulong)field) yield return message[at..(at + length)];
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} is not known.");
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var unit = message[at++];
            value |= (ulong)(unit & 0x7F) << shift;
            if (unit < 0x80) return value;
        }
    }
}
