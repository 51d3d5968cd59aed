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
    internal static string? Missing(Need needs)
    {
        if (Environment.GetEnvironmentVariable("PSSYSVIPC_NO_SKIP") == "1")
            return null;
        if (needs.HasFlag(Need.Root) && !TestLibc.IsRoot)
            return "needs root: it makes an IPC namespace and processes of other users";
        if (needs.HasFlag(Need.FirstPidNamespace) && new FileInfo("/proc/self/ns/pid").LinkTarget != "pid:[4026531836]")
            return "needs the machine's first PID namespace: elsewhere nothing is ever Orphaned";
        if (needs.HasFlag(Need.Apache) && !File.Exists("/usr/sbin/apache2"))
            return "needs apache2 from Debian's packages: apt-get install apache2";
        if (
            needs.HasFlag(Need.UtilLinux)
            && !(File.Exists("/usr/bin/unshare") && File.Exists("/usr/bin/setpriv") && File.Exists("/usr/bin/script"))
        )
            return "needs unshare, setpriv and script of util-linux: apt-get install util-linux bsdutils";
        if (needs.HasFlag(Need.PhpFpm) && !File.Exists("/usr/sbin/php-fpm8.2"))
            return "needs php-fpm 8.2 from Debian's packages: apt-get install php8.2-fpm";
        if (needs.HasFlag(Need.PhpOfApache) && !File.Exists("/usr/lib/apache2/modules/libphp8.2.so"))
            return "needs PHP 8.2 for Apache from Debian's packages: apt-get install libapache2-mod-php8.2";
        if (needs.HasFlag(Need.Acl) && !(File.Exists("/usr/bin/setfacl") && File.Exists("/usr/bin/setfattr")))
            return "needs setfacl and setfattr from Debian's packages: apt-get install acl attr";
        if (needs.HasFlag(Need.Strace) && !File.Exists("/usr/bin/strace"))
            return "needs strace from Debian's packages: apt-get install strace";
        if (needs.HasFlag(Need.Systemd) && !File.Exists("/lib/systemd/systemd-sysctl"))
            return "needs systemd-sysctl from Debian's packages: apt-get install systemd";
        if (needs.HasFlag(Need.Procps) && !File.Exists("/sbin/sysctl"))
            return "needs sysctl from Debian's packages: apt-get install procps";
        if (needs.HasFlag(Need.Fuse) && !File.Exists("/dev/fuse"))
            return "needs a kernel with FUSE, and /dev/fuse";
        return null;
    }
}
