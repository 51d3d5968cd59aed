using PSSysVIpc.Ipc;

namespace PSSysVIpc.Boot;

/// <summary>One line of a file that a reader understands.</summary>
/// <param name="Key">What is set: the path below /proc/sys, or a pattern of such paths.</param>
/// <param name="Text">What is written there; null where the line only keeps patterns from the key.</param>
/// <param name="Line">Where it stands.</param>
internal sealed record Setting(string Key, string? Text, SettingLine Line)
{
    /// <summary>What is written instead where the kernel refuses the text; null where nothing is.</summary>
    internal string? Retry { get; init; }

    // The last part of the sysctls' names.
    private static readonly string[] s_names = Array.ConvertAll(
        LimitTable.Sysctls,
        sysctl => sysctl[(sysctl.LastIndexOf('.') + 1)..]
    );

    /// <summary>Both readers take a key for a pattern by these alone; braces are none without them.</summary>
    internal bool IsPattern => Key.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>
    /// Whether the line can concern a limit at all: others need not be kept, however many somebody's file has.
    /// </summary>
    internal bool MayConcernLimits =>
        IsPattern || Array.Exists(s_names, name => Key.EndsWith(name, StringComparison.Ordinal));
}
