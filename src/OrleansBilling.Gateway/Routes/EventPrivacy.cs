using System.Text;
using System.Text.Json.Nodes;

namespace OrleansBilling.Gateway.Routes;

/// <summary>What of an event is nobody's business but the seller's: who shares the money, who brought the customer, which experiment they are in.</summary>
internal static class EventPrivacy
{
    private static readonly string[] Hidden = ["postings", "shares", "affiliate_id", "assignment"];

    public static byte[] ForCustomer(byte[] data)
    {
        var e = JsonNode.Parse(data)!.AsObject();
        foreach (var name in Hidden) e.Remove(name);
        return Encoding.UTF8.GetBytes(e.ToJsonString());
    }
}
