global using NodaTime;
global using OrleansBilling.Domain.Billing;
global using OrleansBilling.Domain.Catalog;
global using OrleansBilling.Domain.Subscriptions;
global using OrleansBilling.Domain.Tests.Scenarios;
