namespace OrleansBilling.Deploy.Tests.Runbook;

/// <summary>What counts as a different answer.</summary>
public sealed class AnswerShapeTests
{
    [Theory]
    [InlineData("{\"a\":1,\"b\":null}", "{\"a\":2,\"b\":\"x\"}")]
    [InlineData("[\"s1\",true,5,[]]", "[\"s2\",false,0,[]]")]
    [InlineData("{\"a\":1}\n{\"a\":2}", "{\"a\":3}")]
    [InlineData(" due |  latest  \n-----+----------\n   0 | 00:00:00", " due | latest \n-----+--------\n(0 rows)")]
    [InlineData("200 server-1 0.13", "200 server-2 3.25")]
    [InlineData("37", "38")]
    [InlineData("2 1.0.0", "2 1.0.1+0aa6df33ef221cef46ba41d439a0e69acaa931a6")]
    public void Other_values_do_not(string written, string actual) => Assert.True(AnswerShape.Fits(written, actual));

    [Theory]
    [InlineData("{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}")]
    [InlineData("{\"a\":1}", "{\"a\":\"1\"}")]
    [InlineData("{\"a\":1}", "{\"a\":1,\"b\":2}")]
    [InlineData("[\"s1\",true]", "[\"s1\",null]")]
    [InlineData("[[],0]", "[[3],0]")]
    [InlineData(" due | latest \n-----+--------\n 0 | 0", " due | oldest \n-----+--------\n 0 | 0")]
    [InlineData("200 server-1 0.13", "503 server-1 0.13")]
    [InlineData("servers,server-1,UP", "servers,server-1,DOWN")]
    [InlineData("37", "ERROR:  relation \"schema_version\" does not exist")]
    [InlineData("{\"a\":1}", "")]
    public void Another_field_column_kind_or_line_does(string written, string actual) => Assert.False(AnswerShape.Fits(written, actual));
}
