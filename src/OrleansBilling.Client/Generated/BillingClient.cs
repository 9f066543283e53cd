// Made from the OpenAPI document by OrleansBilling.Client.Tests; see GeneratedTests. Do not edit.
namespace OrleansBilling.Client;

public sealed partial class BillingClient
{
    /// <summary>The version of the API that this client was made from.</summary>
    public const string ApiVersion = "1.0.0";

    public ApiKeysClient ApiKeys => field ??= new(api);

    public BalancesClient Balances => field ??= new(api);

    public ChargebacksClient Chargebacks => field ??= new(api);

    public ClockClient Clock => field ??= new(api);

    public ClusterClient Cluster => field ??= new(api);

    public CommandsClient Commands => field ??= new(api);

    public ConsoleLinksClient ConsoleLinks => field ??= new(api);

    public ConsoleSessionsClient ConsoleSessions => field ??= new(api);

    public CouponsClient Coupons => field ??= new(api);

    public CreditNotesClient CreditNotes => field ??= new(api);

    public CustomerTokensClient CustomerTokens => field ??= new(api);

    public CustomersClient Customers => field ??= new(api);

    public EventsClient Events => field ??= new(api);

    public HealthClient Health => field ??= new(api);

    public InvoicesClient Invoices => field ??= new(api);

    public MessagesClient Messages => field ??= new(api);

    public OffersClient Offers => field ??= new(api);

    public PaymentsClient Payments => field ??= new(api);

    public PlansClient Plans => field ??= new(api);

    public ProductsClient Products => field ??= new(api);

    public QuarantineClient Quarantine => field ??= new(api);

    public RootClient Root => field ??= new(api);

    public SearchClient Search => field ??= new(api);

    public SellersClient Sellers => field ??= new(api);

    public SimulationsClient Simulations => field ??= new(api);

    public StatisticsClient Statistics => field ??= new(api);

    public SubscriptionsClient Subscriptions => field ??= new(api);

    public WebhookEndpointsClient WebhookEndpoints => field ??= new(api);
}
