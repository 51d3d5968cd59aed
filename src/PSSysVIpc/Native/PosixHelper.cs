namespace PSSysVIpc.Native;

/// <summary>
/// Mono.Posix's native helper, which needs glibc and zlib: where it can't be loaded the module does without.
/// </summary>
internal static class PosixHelper
{
    /// <summary>Whether this is what a call fails with where it can't be loaded.</summary>
    // The failed load comes wrapped when it happens in a static constructor.
    internal static bool IsLoadFailure(Exception e) =>
        e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
        || (e is TypeInitializationException && e.InnerException is { } inner && IsLoadFailure(inner));
}
