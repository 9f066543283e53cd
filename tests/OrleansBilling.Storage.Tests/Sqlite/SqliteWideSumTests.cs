using OrleansBilling.Storage.Tests.Conformance;
using OrleansBilling.Storage.Tests.Given;

namespace OrleansBilling.Storage.Tests.Sqlite;

public sealed class SqliteWideSumTests() : WideSumConformance(SqliteTestDatabase.CreateAsync)
{
    protected override string RefuseSql(string table, string column, string value) =>
        $"create trigger broken before insert on {table} when new.{column} = '{value}' " +
        "begin select raise(abort, 'the page is broken'); end";

    protected override string MendSql(string table) => "drop trigger broken";
}
