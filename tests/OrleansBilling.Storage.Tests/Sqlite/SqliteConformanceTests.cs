using OrleansBilling.Storage.Tests.Conformance;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Sqlite;

public sealed class SqliteCommitTests() : CommitConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteAvailabilityTests() : AvailabilityConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteReadTests() : ReadConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteDirectoryTests() : DirectoryConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteStatisticsTests() : StatisticsConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteStatisticsRangeTests() : StatisticsRangeConformance(SqliteTestDatabase.CreateAsync, closingsMax: 50);

public sealed class SqliteCatalogTests() : CatalogConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteShelfTests() : ShelfConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteCustomerTests() : CustomerConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteSearchTests() : SearchConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteKeyAndSettingTests() : KeyAndSettingConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteCouponTests() : CouponConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteBalanceTests() : BalanceConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteOutboxTests() : OutboxConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteDocumentTests() : DocumentConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteUsageKeyTests() : UsageKeyConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteRequestMemoryTests() : RequestMemoryConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteKeyPageTests() : KeyPageConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteSimulationTests() : SimulationConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteAuditTests() : AuditConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteRecomputationTests() : RecomputationConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteRestartTests() : RestartConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteHistoryTests() : HistoryConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteQuarantineTests() : QuarantineConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteRehearsalTests() : RehearsalConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteWebhookTests() : WebhookConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteFeedTests() : FeedConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteFeedBackfillTests() : FeedBackfillConformance(
    SqliteTestDatabase.CreateAsync, "delete from feed; update subscription set fed = 0; insert into feed_gap (since) values (1)");

public sealed class SqliteInvoiceTests() : InvoiceConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteDocumentListTests() : DocumentListConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteSubscriptionListTests() : SubscriptionListConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteSellerTests() : SellerConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteSubscriptionTextTests() : SubscriptionTextConformance(SqliteTestDatabase.CreateAsync);

public sealed class SqliteSubscriptionMessageTests() : SubscriptionMessageConformance(SqliteTestDatabase.CreateAsync);
