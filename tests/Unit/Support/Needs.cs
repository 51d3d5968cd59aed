using PSSysVIpc.Tests.Memory;
using PSSysVIpc.Tests.Native;

namespace PSSysVIpc.Tests.Support;

/// <summary>What a test can't do without.</summary>
[Flags]
internal enum Need
{
    /// <summary>Root, and the right to make namespaces.</summary>
    Root = 1,

    /// <summary>The machine's first PID namespace: only from there can a set be seen as Orphaned.</summary>
    FirstPidNamespace = 2,

    /// <summary>Debian's apache2.</summary>
    Apache = 4,

    /// <summary>util-linux's unshare, setpriv and script.</summary>
    UtilLinux = 8,

    /// <summary>Debian's php-fpm, and PHP's functions for semaphores.</summary>
    PhpFpm = 16,

    /// <summary>Debian's strace, which makes system calls fail.</summary>
    Strace = 32,

    /// <summary>Debian's systemd-sysctl.</summary>
    Systemd = 64,

    /// <summary>Debian's sysctl.</summary>
    Procps = 128,

    /// <summary>A kernel with FUSE, and its device.</summary>
    Fuse = 256,

    /// <summary>Debian's PHP for Apache, and PHP's functions for semaphores.</summary>
    PhpOfApache = 512,

    /// <summary>Debian's setfacl and setfattr.</summary>
    Acl = 1024,

    /// <summary>Debian's postgresql, of which only the programs are used.</summary>
    PostgreSql = 2048,

    /// <summary>Debian's php for the command line, and PHP's functions for System V IPC.</summary>
    PhpCli = 4096,

    /// <summary>Debian's stress-ng.</summary>
    StressNg = 8192,

    /// <summary>OpenSSL's library.</summary>
    OpenSsl = 16384,

    /// <summary>A kernel for x86-64 that runs programs of 32 bits.</summary>
    OldPrograms = 32768,
}

/// <summary>
/// A test that is skipped, with the reason, where something it needs is missing. In CI (PSSYSVIPC_NO_SKIP=1) nothing
/// is skipped: there the test fails instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactNeedingAttribute : FactAttribute
{
    public FactNeedingAttribute(Need needs) => Skip = Needs.Missing(needs);
}

/// <summary>The same for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryNeedingAttribute : TheoryAttribute
{
    public TheoryNeedingAttribute(Need needs) => Skip = Needs.Missing(needs);
}

internal static class Needs
{
    // What Debian's packages bring: the need, what it is called, how it is had, and the files by which it is known.
    private static readonly (Need Need, string What, string Packages, string[] Files)[] s_packages =
    [
        (Need.Apache, "apache2", "apache2", ["/usr/sbin/apache2"]),
        (Need.PhpFpm, "php-fpm 8.2", "php8.2-fpm", ["/usr/sbin/php-fpm8.2"]),
        (Need.PhpOfApache, "PHP 8.2 for Apache", "libapache2-mod-php8.2", ["/usr/lib/apache2/modules/libphp8.2.so"]),
        (Need.Acl, "setfacl and setfattr", "acl attr", ["/usr/bin/setfacl", "/usr/bin/setfattr"]),
        (Need.Strace, "strace", "strace", ["/usr/bin/strace"]),
        (Need.Systemd, "systemd-sysctl", "systemd", ["/lib/systemd/systemd-sysctl"]),
        (Need.Procps, "sysctl", "procps", ["/sbin/sysctl"]),
        (
            Need.UtilLinux,
            "unshare, setpriv and script of util-linux",
            "util-linux bsdutils",
            ["/usr/bin/unshare", "/usr/bin/setpriv", "/usr/bin/script"]
        ),
        (Need.PostgreSql, "PostgreSQL 15", "postgresql", ["/usr/lib/postgresql/15/bin/postgres"]),
        (Need.PhpCli, "PHP 8.2 for the command line", "php8.2-cli", ["/usr/bin/php8.2"]),
        (Need.OpenSsl, "OpenSSL 3", "libssl3", [LibraryFiles.Crypto ?? "/usr/lib/libcrypto.so.3"]),
        (Need.StressNg, "stress-ng", "stress-ng", ["/usr/bin/stress-ng"]),
    ];

    internal static string? Missing(Need needs)
    {
        // No package brings it: skipped in CI, too.
        if (needs.HasFlag(Need.OldPrograms) && !OldProgram.Runs)
            return "needs a kernel for x86-64 that runs programs of 32 bits";
        if (Environment.GetEnvironmentVariable("PSSYSVIPC_NO_SKIP") == "1")
            return null;
        if (needs.HasFlag(Need.Root) && !TestLibc.IsRoot)
            return "needs root: it makes an IPC namespace and processes of other users";
        if (needs.HasFlag(Need.FirstPidNamespace) && new FileInfo("/proc/self/ns/pid").LinkTarget != "pid:[4026531836]")
            return "needs the machine's first PID namespace: elsewhere nothing is ever Orphaned";
        if (needs.HasFlag(Need.Fuse) && !File.Exists("/dev/fuse"))
            return "needs a kernel with FUSE, and /dev/fuse";
        foreach (var (need, what, packages, files) in s_packages)
        {
            if (needs.HasFlag(need) && !Array.TrueForAll(files, File.Exists))
                return $"needs {what} from Debian's packages: apt-get install {packages}";
        }

        return null;
    }
}
