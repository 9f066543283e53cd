using OrleansBilling.Storage.Tests.Conformance;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Postgres;

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresCommitTests(PostgresFixture postgres) : CommitConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresAvailabilityTests(PostgresFixture postgres) : AvailabilityConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresReadTests(PostgresFixture postgres) : ReadConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDirectoryTests(PostgresFixture postgres) : DirectoryConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresStatisticsTests(PostgresFixture postgres) : StatisticsConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresStatisticsRangeTests(PostgresFixture postgres) : StatisticsRangeConformance(
    postgres.CreateTestDatabaseAsync, closingsMax: 200);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresCatalogTests(PostgresFixture postgres) : CatalogConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresShelfTests(PostgresFixture postgres) : ShelfConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresCustomerTests(PostgresFixture postgres) : CustomerConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSearchTests(PostgresFixture postgres) : SearchConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresKeyAndSettingTests(PostgresFixture postgres) : KeyAndSettingConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresCouponTests(PostgresFixture postgres) : CouponConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresBalanceTests(PostgresFixture postgres) : BalanceConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresOutboxTests(PostgresFixture postgres) : OutboxConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDocumentTests(PostgresFixture postgres) : DocumentConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresUsageKeyTests(PostgresFixture postgres) : UsageKeyConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRequestMemoryTests(PostgresFixture postgres) : RequestMemoryConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresKeyPageTests(PostgresFixture postgres) : KeyPageConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSimulationTests(PostgresFixture postgres) : SimulationConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresAuditTests(PostgresFixture postgres) : AuditConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRecomputationTests(PostgresFixture postgres) : RecomputationConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRestartTests(PostgresFixture postgres) : RestartConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresHistoryTests(PostgresFixture postgres) : HistoryConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresQuarantineTests(PostgresFixture postgres) : QuarantineConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresRehearsalTests(PostgresFixture postgres) : RehearsalConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresWebhookTests(PostgresFixture postgres) : WebhookConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresFeedTests(PostgresFixture postgres) : FeedConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresFeedBackfillTests(PostgresFixture postgres) : FeedBackfillConformance(
    postgres.CreateTestDatabaseAsync,
    "truncate feed_page, feed_seller; update subscription set fed = 0; insert into feed_gap (subscription_id) values (null)");

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresInvoiceTests(PostgresFixture postgres) : InvoiceConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresDocumentListTests(PostgresFixture postgres) : DocumentListConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSubscriptionListTests(PostgresFixture postgres) : SubscriptionListConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSellerTests(PostgresFixture postgres)
    : SellerConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSubscriptionTextTests(PostgresFixture postgres)
    : SubscriptionTextConformance(postgres.CreateTestDatabaseAsync);

[RequiresPostgres, Collection(PostgresCollection.Name)]
public sealed class PostgresSubscriptionMessageTests(PostgresFixture postgres)
    : SubscriptionMessageConformance(postgres.CreateTestDatabaseAsync);
