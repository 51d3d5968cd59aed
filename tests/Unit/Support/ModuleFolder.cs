using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace PSSysVIpc.Tests.Support;

/// <summary>The built module, as it ships. The tests load it from there and from nowhere else.</summary>
internal static class ModuleFolder
{
    internal static string Root { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../.."));

    internal static string Folder { get; } = Path.Combine(Root, "module/PSSysVIpc");

    internal static string Manifest { get; } = Path.Combine(Folder, "PSSysVIpc.psd1");

    /// <summary>
    /// What ships, and nothing else, as its manifest says (FileList): in order of the letters' codes.
    /// </summary>
    internal static string[] Shipped { get; } =
    [
        .. Regex
            .Matches(
                Regex.Match(File.ReadAllText(Manifest), @"FileList\s*=\s*@\(([^)]+)\)").Groups[1].Value,
                "'([^']+)'"
            )
            .Select(file => file.Groups[1].Value)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The folder of the tests' pwsh.</summary>
    internal static string Pwsh { get; } = Path.Combine(Root, "test-pwsh");

    /// <summary>The file there that says what a session begins with: the module.</summary>
    internal const string Session = "PSSysVIpc.pssc";

#pragma warning disable CA2255 // The assembly must resolve before the first test class is loaded.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize()
    {
        AssemblyLoadContext.Default.Resolving += Resolve;
        LeaveSystemLogAlone();
    }

    // In a method of its own, which is compiled when the module can be found.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LeaveSystemLogAlone() => PSSysVIpc.Native.SystemLog.Writer = _ => { };

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        var path = Path.Combine(Folder, name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
