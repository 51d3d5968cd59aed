using System.Globalization;
using System.Text;
using PSSysVIpc.Native;

namespace PSSysVIpc.Processes;

/// <summary>From where this process looks at the others, and what keeps them out of its sight.</summary>
internal sealed record Viewpoint
{
    private const int IpcOwnerCapability = 15;
    private const int PtraceCapability = 19;

    /// <summary>This process's own number.</summary>
    internal required int ProcessId { get; init; }

    /// <summary>/proc speaks of the PID namespace we live in.</summary>
    internal required bool IsProcOurs { get; init; }

    /// <summary>We are in the machine's first PID namespace, from which all processes can be seen.</summary>
    internal required bool IsFirstPidNamespace { get; init; }

    /// <summary>
    /// The number that stands for every user our user namespace doesn't know; null where it knows all.
    /// </summary>
    internal required uint? UnmappedUserId { get; init; }

    /// <summary>The same for groups.</summary>
    internal required uint? UnmappedGroupId { get; init; }

    /// <summary>
    /// How /proc is mounted (such as <c>hidepid=invisible</c>) when that hides others from us; else null.
    /// </summary>
    internal required string? HidingOption { get; init; }

    internal required uint EffectiveUserId { get; init; }

    /// <summary>We may look into every process of the machine (CAP_SYS_PTRACE).</summary>
    internal required bool MayTraceAll { get; init; }

    /// <summary>We may read every IPC object of the machine, whatever its mode (CAP_IPC_OWNER).</summary>
    internal required bool MayReadAll { get; init; }

    internal static Viewpoint Read()
    {
        var file = new ProcFile();
        var isWholeMap = IsWholeMap(Text(file, "/proc/self/uid_map")) && IsWholeMap(Text(file, "/proc/self/gid_map"));
        var status = new ProcessStatusText(file.Read("/proc/thread-self/status", out _));
        var capabilities = status.EffectiveCapabilities;
        var groups = new HashSet<uint>();
        status.AddGroups(groups);
        var processId = Libc.ProcessId();
        // One inside the first can have all its ids, and no right over it.
        var isFirst = NamespaceLink.Read("/proc/self/ns/user") == NamespaceLink.FirstUserNamespace;
        var mayTraceAll = isFirst && Has(capabilities, PtraceCapability);
        return new Viewpoint
        {
            ProcessId = processId,
            IsProcOurs = Libc.ReadLink("/proc/self") == processId.ToString(CultureInfo.InvariantCulture),
            IsFirstPidNamespace = NamespaceLink.Read("/proc/self/ns/pid") == NamespaceLink.FirstPidNamespace,
            UnmappedUserId = isWholeMap ? null : OverflowId(file, "/proc/sys/kernel/overflowuid"),
            UnmappedGroupId = isWholeMap ? null : OverflowId(file, "/proc/sys/kernel/overflowgid"),
            HidingOption = HidingOptionOf(Text(file, "/proc/self/mountinfo"), groups, mayTraceAll),
            EffectiveUserId = Libc.EffectiveUserId(),
            MayTraceAll = mayTraceAll,
            MayReadAll = isFirst && Has(capabilities, IpcOwnerCapability),
        };
    }

    /// <summary>
    /// What of a mountinfo hides other processes from one in these groups (has_pid_permissions in fs/proc/base.c); null
    /// when nothing does.
    /// </summary>
    internal static string? HidingOptionOf(string mountInfo, ICollection<uint> groups, bool mayTraceAll)
    {
        if (mayTraceAll)
            return null;
        if (mountInfo.Length == 0)
            return "options that can't be read";
        // The last line counts: a later mount lies over an earlier one.
        var mount = mountInfo
            .Split('\n')
            .LastOrDefault(line => line.Split(' ') is { Length: > 4 } fields && fields[4] == "/proc");
        var options = mount?[(mount.LastIndexOf(' ') + 1)..].Split(',') ?? [];
        var hiding = options.FirstOrDefault(option => option.StartsWith("hidepid=", StringComparison.Ordinal));
        if (hiding is null or "hidepid=0" or "hidepid=off")
            return null;

        // Members of the mount's group (root's, unless the mount says another) see all, but for the strictest setting.
        var group = options.FirstOrDefault(option => option.StartsWith("gid=", StringComparison.Ordinal))?[4..] ?? "0";
        var isExempt =
            hiding is not ("hidepid=4" or "hidepid=ptraceable")
            && uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && groups.Contains(id);
        return isExempt ? null : hiding;
    }

    private static bool IsWholeMap(string map) =>
        map.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) is ["0", "0", "4294967295"];

    private static uint OverflowId(ProcFile file, string path) =>
        uint.TryParse(Text(file, path), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var id)
            ? id
            : 65534;

    private static bool Has(ulong capabilities, int bit) => (capabilities >> bit & 1) != 0;

    private static string Text(ProcFile file, string path) => Encoding.UTF8.GetString(file.Read(path, out _));
}
