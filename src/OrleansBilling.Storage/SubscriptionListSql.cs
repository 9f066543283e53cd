using System.Collections.Immutable;
using System.Globalization;
using OrleansBilling.Domain.Subscriptions;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Storage;

/// <summary>
/// The statement of a page of subscriptions, for both databases. It contains only the filters that are given. The narrowest owner leads,
/// with one page for each pair of its values and the statuses, from the index by owner, status and order; the page is the first of those,
/// and only its subscriptions are read. So a rare status costs no walk past the others, however many an owner has. Each row says whether
/// the lists are being rebuilt; if nothing matches, there is one that says only that.
/// </summary>
/// <param name="Text">The statement, with parameters named $1, $2 and so on.</param>
/// <param name="Values">The parameters: texts, numbers and instants.</param>
internal sealed record SubscriptionListSql(string Text, IReadOnlyList<object> Values)
{
    private static readonly ImmutableArray<SubscriptionStatus> All = [.. Enum.GetValues<SubscriptionStatus>()];

    /// <summary>Those that may have a next billing.</summary>
    private static readonly ImmutableArray<SubscriptionStatus> Billed =
    [
        SubscriptionStatus.Pending, SubscriptionStatus.Trialing, SubscriptionStatus.Active, SubscriptionStatus.PastDue,
        SubscriptionStatus.Paused,
    ];

    public static SubscriptionListSql Of(SubscriptionFilter filter, SubscriptionSort sort, SubscriptionMark? after, int limit)
    {
        ArgumentNullException.ThrowIfNull(filter);
        BillingStorage.RequirePageSize(limit);
        RequireOrder(filter, sort.By);
        var building = new Building(filter, sort, [limit]);
        var page = building.Page(after);
        var rebuilding = sort.By == SubscriptionOrder.Id ? "false" : "exists (select 1 from list_rebuild)";
        return new SubscriptionListSql(
            $"""
            select r.rebuilding, p.id,
              (select s.version from subscription as s where s.id = p.id), (select s.state from subscription as s where s.id = p.id), p.at
            from (select {rebuilding} as rebuilding) as r left join ({page}) as p on true
            order by {building.Order("p.at", "p.id")}
            """,
            building.Values);
    }

    private static void RequireOrder(SubscriptionFilter filter, SubscriptionOrder order)
    {
        var isDerived = !filter.PaymentTokens.IsEmpty || !filter.Created.IsEmpty || !filter.NextBilling.IsEmpty || !filter.Canceled.IsEmpty;
        if ((order == SubscriptionOrder.Id && isDerived) || (order != SubscriptionOrder.CreatedAt && !filter.Metadata.IsEmpty))
            throw new ArgumentException($"The order {order} does not have all that is filtered by.", nameof(filter));
    }

    private sealed class Building(SubscriptionFilter filter, SubscriptionSort sort, List<object> values)
    {
        public List<object> Values => values;

        /// <summary>The rows that are read in order, and what they are joined with to be filtered.</summary>
        private string Source => (sort.By, LeadsByPair) switch
        {
            (SubscriptionOrder.Id, _) when !HasOwners => "subscription as k",
            (SubscriptionOrder.Id, _) when filter.Statuses.IsEmpty => "directory as t",
            (SubscriptionOrder.Id, _) => "directory as t join subscription as k on k.id = t.id",
            (SubscriptionOrder.NextBillingAt, _) when !NeedsListed => "next_billing as o",
            (SubscriptionOrder.NextBillingAt, _) =>
                "next_billing as o join listed_subscription as t on t.subscription_id = o.subscription_id",
            (SubscriptionOrder.CreatedAt, true) =>
                "subscription_metadata as o join listed_subscription as t on t.subscription_id = o.subscription_id",
            _ => "listed_subscription as t",
        };

        /// <summary>A customer has few subscriptions, a pair may have many.</summary>
        private bool LeadsByPair => !filter.Metadata.IsEmpty && filter.CustomerIds.IsEmpty;

        /// <summary>What is billed next knows its owners and status, and nothing else.</summary>
        private bool NeedsListed => !filter.CustomerIds.IsEmpty || !filter.PaymentTokens.IsEmpty || !filter.Created.IsEmpty ||
            !filter.Canceled.IsEmpty;

        private bool IsJoined => sort.By == SubscriptionOrder.NextBillingAt || LeadsByPair;

        private bool HasOwners => !filter.SellerIds.IsEmpty || !filter.ProductIds.IsEmpty || !filter.PlanIds.IsEmpty ||
            !filter.OfferIds.IsEmpty || !filter.CustomerIds.IsEmpty;

        private string Id => sort.By == SubscriptionOrder.Id
            ? HasOwners ? "t.id" : "k.id"
            : IsJoined ? "o.subscription_id" : "t.subscription_id";

        private string At => sort.By switch
        {
            SubscriptionOrder.Id => "null",
            SubscriptionOrder.NextBillingAt => "o.at",
            SubscriptionOrder.CanceledAt => "t.canceled_at",
            _ => IsJoined ? "o.created_at" : "t.created_at",
        };

        private string Status => sort.By == SubscriptionOrder.Id ? "k.status" : OwnerColumn("status");

        /// <summary>The statuses that an index is asked for one by one; none if it has all of them in the order of the page.</summary>
        private ImmutableArray<SubscriptionStatus> Leading(bool isOfSellerOrAll)
        {
            ImmutableArray<SubscriptionStatus> given = [.. filter.Statuses.Distinct()];
            return sort.By switch
            {
                SubscriptionOrder.NextBillingAt => given.IsEmpty ? Billed : [.. given.Intersect(Billed)],
                SubscriptionOrder.CanceledAt when !given.IsEmpty => [SubscriptionStatus.Canceled],
                SubscriptionOrder.CreatedAt when given.IsEmpty && !isOfSellerOrAll => All,
                _ => given,
            };
        }

        /// <summary>Whether none of the asked statuses has the instant that is ordered by.</summary>
        private bool IsEmpty => !filter.Statuses.IsEmpty && sort.By switch
        {
            SubscriptionOrder.NextBillingAt => !filter.Statuses.Intersect(Billed).Any(),
            SubscriptionOrder.CanceledAt => !filter.Statuses.Contains(SubscriptionStatus.Canceled),
            _ => false,
        };

        public string Page(SubscriptionMark? after)
        {
            if (IsEmpty) return $"select {Id} as id, {At} as at from {Source} where false limit $1";
            var range = After(after) + Within("t.created_at", filter.Created) + Within("t.canceled_at", filter.Canceled) +
                (filter.NextBilling.IsEmpty ? "" : NextBilling()) +
                (sort.By == SubscriptionOrder.CanceledAt ? " and t.canceled_at is not null" : "");
            var pairs = filter.Metadata.ToList();
            foreach (var (key, value) in pairs.Skip(LeadsByPair ? 1 : 0)) range += HasPair(key, value);

            // A value that is given twice must not list its subscriptions twice.
            var owners = new List<(string Column, ImmutableArray<string> Values)>
            {
                ("t.customer_id", Once(filter.CustomerIds)), ("t.payment_token", Once(filter.PaymentTokens)),
                (OwnerColumn("offer_id"), Once(filter.OfferIds)), (OwnerColumn("plan_id"), Once(filter.PlanIds)),
                (OwnerColumn("product_id"), Once(filter.ProductIds)), (OwnerColumn("seller_id"), Once(filter.SellerIds)),
            };
            if (LeadsByPair)
            {
                var pair = $" and o.key = {Add(pairs[0].Key)} and o.value = {Add(pairs[0].Value)}";
                var sellers = Once(filter.SellerIds);
                var rest = Rest(owners.Where(owner => owner.Column != "t.seller_id"), filter.Statuses) + range;
                return sellers.IsEmpty
                    ? Pages([pair], rest)
                    : Pages(sellers.Select(seller => $"{pair} and o.seller_id = {Add(seller)}"), rest);
            }

            var lead = owners.FindIndex(owner => !owner.Values.IsEmpty);
            var statuses = Leading(lead < 0 || lead == owners.Count - 1);
            if (lead < 0) return Pages(statuses.IsEmpty ? [""] : Statuses(statuses), range);
            var (column, leading) = owners[lead];
            var others = owners.Skip(lead + 1);

            // A customer and a card have few subscriptions. Ordered by id, statuses stand in another table than owners.
            if (lead <= 1 || statuses.IsEmpty || sort.By is SubscriptionOrder.Id or SubscriptionOrder.CanceledAt)
                return Pages(leading.Select(value => Is(column, value)), Rest(others, filter.Statuses) + range);
            var values = leading.Select(value => Is(column, value)).ToList();
            return Pages(values.SelectMany(value => Statuses(statuses).Select(status => value + status)), Rest(others, []) + range);
        }

        public string Order(string at, string id)
        {
            var direction = sort.Descending ? " desc" : "";
            return sort.By == SubscriptionOrder.Id ? $"{id}{direction}" : $"{at}{direction}, {id}{direction}";
        }

        private string OwnerColumn(string column) => sort.By == SubscriptionOrder.NextBillingAt ? $"o.{column}" : $"t.{column}";

        private string After(SubscriptionMark? after)
        {
            if (after is not { } mark) return "";
            var past = sort.Descending ? "<" : ">";
            return mark.At is { } at
                ? $" and ({At}, {Id}) {past} ({Add(at)}, {Add(mark.SubscriptionId)})"
                : $" and {Id} {past} {Add(mark.SubscriptionId)}";
        }

        private string Within(string column, InstantRange range) =>
            (range.From is { } from ? $" and {Ordered(column)} >= {Add(from)}" : "") +
            (range.To is { } to ? $" and {Ordered(column)} < {Add(to)}" : "");

        /// <summary>What is ordered by is compared where it is ordered, so that the index has both.</summary>
        private string Ordered(string column) => column == "t.created_at" && sort.By == SubscriptionOrder.CreatedAt ? At : column;

        private string NextBilling() => sort.By == SubscriptionOrder.NextBillingAt
            ? Within("o.at", filter.NextBilling)
            : " and exists (select 1 from next_billing as b where b.subscription_id = t.subscription_id" +
              $"{Within("b.at", filter.NextBilling)})";

        private string HasPair(string key, string value) =>
            " and exists (select 1 from subscription_metadata as x where x.subscription_id = t.subscription_id" +
            $" and x.key = {Add(key)} and x.value = {Add(value)})";

        /// <summary>Literals, not parameters: only then can PostgreSQL tell that a partial index on rare statuses applies.</summary>
        private IEnumerable<string> Statuses(ImmutableArray<SubscriptionStatus> statuses) =>
            statuses.Select(status => $" and {Status} = '{StoredNames.Of(status)}'");

        private string Rest(
            IEnumerable<(string Column, ImmutableArray<string> Values)> owners, IReadOnlyCollection<SubscriptionStatus> statuses)
        {
            var rest = "";
            foreach (var (column, wanted) in owners)
            {
                if (!wanted.IsEmpty) rest += $" and {column} in ({string.Join(", ", wanted.Select(value => Add(value)))})";
            }

            if (statuses.Count > 0)
                rest += $" and {Status} in ({string.Join(", ", statuses.Select(status => $"'{StoredNames.Of(status)}'"))})";
            return rest;
        }

        private string Pages(IEnumerable<string> leads, string rest)
        {
            var order = Order("at", "id");
            var pages = leads
                .Select(lead => $"select {Id} as id, {At} as at from {Source} where true{lead}{rest} order by {Order(At, Id)} limit $1")
                .ToList();
            return pages.Count == 1
                ? pages[0]
                : $"select id, at from ({string.Join(" union all ", pages.Select(page => $"select * from ({page}) as page"))}) as pages " +
                  $"order by {order} limit $1";
        }

        private static ImmutableArray<string> Once(ImmutableArray<string> given) => [.. given.Distinct(StringComparer.Ordinal)];

        private string Is(string column, string value) => $" and {column} = {Add(value)}";

        private string Add(object value)
        {
            values.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
        }
    }
}
