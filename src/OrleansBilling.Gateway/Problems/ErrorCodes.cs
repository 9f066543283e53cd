using System.Reflection;
using OrleansBilling.Domain.Subscriptions;

namespace OrleansBilling.Gateway.Problems;

/// <summary>
/// Every code that an error can have, for the API description. A test finds the codes that the source names and compares.
/// </summary>
internal static class ErrorCodes
{
    /// <summary>Codes of the gateway, and of commands that could not be run.</summary>
    private static readonly string[] Own =
    [
        "ambiguous", "answer_not_kept", "body_too_large", "busy", "catalog_full", "clock_not_virtual", "conflict",
        "coupon_code_exists", "coupon_exists", "customer_exists", "customer_not_found", "document_too_large", "duplicate",
        "duplicate_field", "empty", "forbidden", "headers_too_large", "http_version_not_supported", "idempotency_key_in_use",
        "image_too_large", "immutable", "installments_not_possible", "internal_error", "invalid_cursor", "invalid_date", "invalid_email",
        "invalid_id", "invalid_idempotency_key", "invalid_if_match", "invalid_instant", "invalid_key", "invalid_locale",
        "invalid_percent", "invalid_reason", "invalid_text", "invalid_token", "invalid_url", "invalid_value", "key_not_found",
        "key_out_of_scope", "last_tier_open", "length_required", "line_too_large", "logo_not_found", "malformed_json", "malformed_request",
        "method_not_allowed", "no_master_key", "not_an_image", "not_ready", "not_stored", "offer_exists", "out_of_range",
        "period_not_found", "plan_exists", "plan_not_found", "product_exists", "product_not_found", "rate_limited", "rebuilding",
        "replay_running", "request_timeout", "required", "route_not_found", "secret_overlap_running", "seller_not_found",
        "simulation_not_found", "stopping", "stream_idle", "to_in_past", "too_long", "too_many_coupon_guesses", "too_many_endpoints",
        "too_many_requests", "too_many_rows",
        "too_many_sign_ins", "too_many_simulations", "too_many_streams", "too_precise", "unauthenticated", "unavailable",
        "unknown", "unknown_country", "unknown_currency", "unknown_field", "unknown_time_zone", "unsupported_media_type",
        "uri_too_long", "webhook_endpoint_exists", "webhook_endpoint_not_found", "wrong_type",
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Own.Concat(Refusals()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Refusals() => typeof(Refusal)
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(Refusal))
        .Select(property => ((Refusal)property.GetValue(null)!).Code)
        .Append(Refusal.Ended(SubscriptionStatus.Canceled).Code)
        .Append(Refusal.NotWhile(SubscriptionStatus.Canceled).Code);
}
