using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Gateway.Contracts;
using OrleansBilling.Gateway.Http;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Security;
using OrleansBilling.Runtime.Customers;

namespace OrleansBilling.Gateway.Routes;

/// <summary>
/// The customers of the marketplace. Administrators and the customer itself may change one; a seller sees those that it sold to.
/// </summary>
internal sealed class CustomerRoutes(ICustomerStore customers, CallersCustomers callers, Ids ids, IClock clock) : IRouteGroup
{
    private const string Tag = "Customers";

    /// <summary>How often to try again when other edits of the same customer keep winning.</summary>
    private const int TriesMax = 32;

    public static ApiError NotFound { get; } = ApiErrors.NotFound("customer");

    public void Map(ApiRoutes api)
    {
        api.Post("/v1/customers", Roles.Administrator, GatewayJson.Default.CustomerBody, CreateAsync)
            .Named("customers_create").Answers(201, typeof(CustomerDocument)).Describe(
                Tag, "Creates a customer", "Not needed before a subscription: naming an unknown customer there creates it.");
        api.Get(
                "/v1/customers", Roles.SellerOrAdministrator, ListAsync,
                new QueryParameter(
                    "email", "string",
                    $"Only with these mail addresses, in any case. Several are separated by commas: at most {Query.IdsMax}."),
                QueryParameter.Ids("seller_id", "Only customers that these sellers sold to. A seller gets its own without asking."),
                PageParameters.CreatedFrom, PageParameters.CreatedTo, PageParameters.Limit, PageParameters.Cursor)
            .Named("customers_list").Answers(200, typeof(CustomerPage)).Describe(Tag, "Lists customers, the newest first");
        api.Get("/v1/customers/{id}", Roles.Everyone, GetAsync)
            .Named("customers_get").Answers(200, typeof(CustomerDocument)).Describe(Tag, "Shows a customer");
        api.Patch("/v1/customers/{id}", Roles.CustomerOrAdministrator, GatewayJson.Default.CustomerPatchBody, PatchAsync)
            .Named("customers_update").Answers(200, typeof(CustomerDocument)).Describe(
                Tag, "Changes a customer",
                "A customer belongs to the marketplace, so a token that a seller made cannot change it. Subscriptions show the change at " +
                "once; the country counts for new ones.");
    }

    private async ValueTask<IResult> CreateAsync(ApiCall call, CustomerBody body)
    {
        if (call.MadeBefore is { } made) return await ShowAgainAsync(call, made);
        if (Validate(body) is { } error) return Answers.Problem(error);
        var created = With(
            new CustomerProfile(
                body.Id ?? ids.New("cus_", call.Tenant, call.Key),
                Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds())),
            body);
        var shown = await customers.AddAsync(created, call.Aborted) ? created : await FindOwnTryAsync(call, created);
        return shown is null
            ? Answers.Problem(ApiErrors.Exists("customer"))
            : Show(shown, StatusCodes.Status201Created, $"/v1/customers/{shown.Id}");
    }

    private async ValueTask<IResult> ShowAgainAsync(ApiCall call, string made)
    {
        var found = await customers.FindAsync([made[(made.LastIndexOf('/') + 1)..]], call.Aborted);
        return found.Count == 1 ? Show(found[0], StatusCodes.Status201Created, made, replayed: true) : Answers.Problem(NotFound);
    }

    /// <summary>What a try of this request made that died before it answered; null if the customer is another one.</summary>
    private async ValueTask<CustomerProfile?> FindOwnTryAsync(ApiCall call, CustomerProfile wanted)
    {
        if (call.ClaimedAt is null) return null;
        var found = await customers.FindAsync([wanted.Id], call.Aborted);
        return found.Count == 1 && found[0].Revision == 1 && IsSame(found[0], wanted) ? found[0] : null;
    }

    private async ValueTask<IResult> ListAsync(ApiCall call)
    {
        var query = call.Query;
        var (from, to) = query.Created();
        var filter = new CustomerFilter
        {
            Emails = query.Emails("email"),
            SellerIds = CallerScope.SellerIds(call, query.Ids("seller_id")),
            CreatedFrom = from,
            CreatedTo = to,
        };
        var limit = query.Limit();
        var after = ReadCursor(query);
        if (query.Error is { } error) return Answers.Problem(error);
        var found = await customers.ListAsync(filter, after, limit + 1, call.Aborted);
        var next = found.Count > limit ? query.NextCursor(PositionOf(found[limit - 1])) : null;
        return Answers.Json(
            StatusCodes.Status200OK, new CustomerPage([.. found.Take(limit).Select(CustomerDocument.From)], next),
            GatewayJson.Default.CustomerPage);
    }

    private async ValueTask<IResult> GetAsync(ApiCall call) =>
        await callers.FindAsync(call) is { } customer ? Show(customer) : Answers.Problem(NotFound);

    private async ValueTask<IResult> PatchAsync(ApiCall call, CustomerPatchBody body)
    {
        if (call.Caller.SellerId is not null)
            return Answers.Problem(ApiErrors.ForbiddenTo("A token that a seller made cannot change the customer."));
        for (var attempt = 1; attempt <= TriesMax; attempt++)
        {
            if (await callers.FindAsync(call) is not { } found) return Answers.Problem(NotFound);
            if (!call.Expects(found.Revision))
                return Answers.Problem(ApiErrors.From(Refusal.OtherVersion));
            var patched = MergePatch.Apply(PresentOf(found), call.Patch, GatewayJson.Default.CustomerBody, []);
            if ((patched.Malformed ?? Validate(patched.Body!) ?? patched.Changes) is { } error) return Answers.Problem(error);
            var next = With(found, patched.Body!);
            if (IsSame(found, next)) return Show(found);
            next = next with { Revision = found.Revision + 1 };
            if (await customers.ReplaceAsync(found, next, call.Aborted)) return Show(next);
        }

        return Answers.Problem(new ApiError(409, "conflict", "Other edits of this customer kept winning; try again."));
    }

    private static ApiError? Validate(CustomerBody body)
    {
        var check = new Check();
        check.Id(body.Id, "id");
        check.Email(body.Email, "email");
        check.Text(body.Name, "name", FieldLimits.NameCharactersMax);
        check.Country(body.Country, "country");
        check.Locale(body.Locale, "locale");
        check.Text(body.TaxId, "tax_id", FieldLimits.TaxIdCharactersMax);
        check.Metadata(body.Metadata);
        return check.Error;
    }

    private static CustomerProfile With(CustomerProfile customer, CustomerBody body) => customer with
    {
        Email = body.Email,
        Name = body.Name,
        Country = body.Country,
        Locale = body.Locale,
        TaxId = body.TaxId,
        TakesMails = body.Channels?.Email ?? true,
        Metadata = body.Metadata is null or { Count: 0 } ? null : body.Metadata.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    /// <summary>The customer in the fields that make one.</summary>
    private static JsonObject PresentOf(CustomerProfile customer)
    {
        var present = JsonSerializer.SerializeToNode(CustomerDocument.From(customer), GatewayJson.Default.CustomerDocument)!.AsObject();
        present.Remove("created_at");
        return present;
    }

    private static bool IsSame(CustomerProfile one, CustomerProfile other) =>
        JsonNode.DeepEquals(PresentOf(one), PresentOf(other));

    private static IResult Show(
        CustomerProfile customer, int status = StatusCodes.Status200OK, string? location = null, bool replayed = false) => Answers.Json(
            status, CustomerDocument.From(customer), GatewayJson.Default.CustomerDocument, replayed, location, customer.Revision);

    private static string PositionOf(CustomerProfile customer) =>
        string.Create(CultureInfo.InvariantCulture, $"{customer.CreatedAt.ToUnixTimeTicks()}/{customer.Id}");

    private static CustomerPlace? ReadCursor(Query query)
    {
        if (query.CursorPosition() is not { } position) return null;
        var parts = position.Split('/');
        if (parts is [var ticks, var id] && Ids.IsValid(id) &&
            long.TryParse(ticks, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at) &&
            at >= Instant.MinValue.ToUnixTimeTicks() && at <= Instant.MaxValue.ToUnixTimeTicks())
            return new CustomerPlace(Instant.FromUnixTimeTicks(at), id);
        query.FailCursor();
        return null;
    }
}
