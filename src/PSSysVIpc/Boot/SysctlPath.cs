namespace PSSysVIpc.Boot;

/// <summary>The spellings of a sysctl's name.</summary>
internal static class SysctlPath
{
    /// <summary>
    /// The path below /proc/sys that a key means. kernel.sem and kernel/sem are the same: the separator that comes
    /// first is the one, and where that is the dot, a slash is a dot within a name (sysctl_normalize in systemd's
    /// src/shared/sysctl-util.c, slashdot in procps' src/sysctl.c).
    /// </summary>
    internal static string SwapSeparators(string key)
    {
        var first = key.AsSpan().IndexOfAny('/', '.');
        return first < 0 || key[first] == '/'
            ? key
            : string.Create(
                key.Length,
                key,
                (path, text) =>
                {
                    for (var i = 0; i < path.Length; i++)
                        path[i] = text[i] switch
                        {
                            '.' => '/',
                            '/' => '.',
                            var other => other,
                        };
                }
            );
    }
}
