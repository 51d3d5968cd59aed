using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace PSSysVIpc.Tests.Support;

/// <summary>The built module, as it ships. The tests load it from there and from nowhere else.</summary>
internal static class ModuleFolder
{
    internal static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../.."));

    internal static string Folder { get; } = Path.Combine(Root, "module/PSSysVIpc");

    /// <summary>What ships, and nothing else: in order of the letters' codes.</summary>
    internal static string[] Shipped { get; } =
    [
        "CHANGELOG.md",
        "LICENSE",
        "Mono.Posix.NETStandard.dll",
        "PSSysVIpc.dll",
        "PSSysVIpc.format.ps1xml",
        "PSSysVIpc.psd1",
        "PSSysVIpc.types.ps1xml",
        "en-US/PSSysVIpc.dll-Help.xml",
        "en-US/about_PSSysVIpc_Status.help.txt",
        "en-US/about_SysVIpc.help.txt",
        "linux-arm64/MonoPosixHelper.so",
        "linux-x64/MonoPosixHelper.so",
    ];

    internal static string Manifest { get; } = Path.Combine(Folder, "PSSysVIpc.psd1");

    /// <summary>The folder of the tests' pwsh.</summary>
    internal static string Pwsh { get; } = Path.Combine(Root, "test-pwsh");

    /// <summary>The file there that says what a session begins with: the module.</summary>
    internal const string Session = "PSSysVIpc.pssc";

#pragma warning disable CA2255 // The assembly must resolve before the first test class is loaded.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        var path = Path.Combine(Folder, name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
