using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PSSysVIpc.Tests.Shipped;

/// <summary>A use of one room's code in another one.</summary>
/// <param name="From">The room with the use.</param>
/// <param name="To">The room that has what is used.</param>
/// <param name="Place">File and line, and what is used there.</param>
internal sealed record RoomUse(string From, string To, string Place);

/// <summary>
/// Who uses whom among the folders of sources. From the sources and not from the built module, as constants leave no
/// trace there; and by folders, as several of them can share one namespace.
/// </summary>
internal static class RoomUses
{
    // What ImplicitUsings adds.
    private const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    // Read once for all who ask.
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Append(Path.Combine(Support.ModuleFolder.Folder, "Mono.Posix.NETStandard.dll"))
            // It has what the sources have, and would win over them.
            .Where(path => File.Exists(path) && Path.GetFileName(path) != "PSSysVIpc.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>All uses between rooms.</summary>
    /// <param name="sources">
    /// Each file's path below the sources' folder, and its text. The first folder is the room.
    /// </param>
    /// <param name="only">Of this file alone; null for those of all.</param>
    internal static List<RoomUse> Find(IEnumerable<(string Path, string Text)> sources, string? only = null)
    {
        var trees = sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, path: source.Path)).ToList();
        var compilation = CSharpCompilation.Create(
            "rooms",
            [.. trees, CSharpSyntaxTree.ParseText(GlobalUsings)],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)
        );
        return
        [
            .. trees
                .Where(tree => only is null || tree.FilePath == only)
                .SelectMany(tree => Find(tree, compilation.GetSemanticModel(tree))),
        ];
    }

    private static IEnumerable<RoomUse> Find(SyntaxTree tree, SemanticModel model)
    {
        var from = RoomOf(tree.FilePath);
        // Documentation may look down: it says what something is for.
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            foreach (var to in RoomsOf(model.GetSymbolInfo(name).Symbol).Where(to => to != from).Distinct())
            {
                var line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                yield return new(from, to, $"{tree.FilePath}:{line} {name}");
            }
        }
    }

    // What isn't declared in the sources has no room. A namespace is declared in many, and is none's.
    private static IEnumerable<string> RoomsOf(ISymbol? symbol) =>
        symbol is null or INamespaceSymbol
            ? []
            : symbol.DeclaringSyntaxReferences.Select(reference => RoomOf(reference.SyntaxTree.FilePath));

    private static string RoomOf(string path) => path.Split('/')[0];
}
