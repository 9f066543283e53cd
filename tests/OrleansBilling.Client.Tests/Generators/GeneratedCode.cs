using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace OrleansBilling.Client.Tests.Generators;

/// <summary>Compiles what a generator made, together with a program that uses it, and runs the program.</summary>
internal static class GeneratedCode
{
    private static readonly CSharpParseOptions Language = new(LanguageVersion.CSharp14);

    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    /// <summary>Calls <c>Program.CallAsync(address, key)</c> and returns what it saw.</summary>
    public static async Task<string> RunAsync(IEnumerable<string> sources, string program, Uri address, string key)
    {
        var usings = string.Concat(Usings.Select(one => $"global using {one};\n"));
        var compilation = CSharpCompilation.Create(
            "Generated",
            sources.Append(usings).Append(program).Select(source => CSharpSyntaxTree.ParseText(source, Language)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        var faults = result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(20).ToList();
        Assert.True(result.Success, string.Join('\n', faults));
        var call = Assembly.Load(bytes.ToArray()).GetType("Program")!.GetMethod("CallAsync")!;
        return await (Task<string>)call.Invoke(null, [address.ToString(), key])!;
    }
}
