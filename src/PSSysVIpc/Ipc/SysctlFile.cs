using System.Globalization;
using System.Text;
using PSSysVIpc.Native;

namespace PSSysVIpc.Ipc;

/// <summary>
/// Reads and writes the files of /proc/sys that hold the limits of IPC, on the calling thread: they speak of its IPC
/// namespace.
/// </summary>
internal sealed class SysctlFile
{
    /// <summary>Where the files of all sysctls of System V IPC lie.</summary>
    internal const string Folder = "/proc/sys/kernel";

    private readonly ProcFile _file = new();

    /// <summary>What a limit is now; where the kernel fixes it, that.</summary>
    /// <exception cref="IpcUnavailableException">It can't be read.</exception>
    /// <exception cref="IpcBadDataException">Its sysctl isn't as many numbers as it should be.</exception>
    internal Int128 Read(LimitDefinition limit) =>
        limit.Sysctl is { } sysctl ? Read(sysctl)[limit.Field] : limit.FixedValue;

    /// <summary>The fields of a sysctl. Those of kernel.sem can be negative: the kernel lets them be set so.</summary>
    /// <param name="sysctl">kernel.sem, say.</param>
    /// <exception cref="IpcUnavailableException">It can't be read.</exception>
    /// <exception cref="IpcBadDataException">It isn't that many numbers.</exception>
    internal Int128[] Read(string sysctl)
    {
        var fields = LimitTable.FieldsOf(sysctl);
        var path = PathOf(sysctl);
        var text = Encoding.ASCII.GetString(_file.Read(path, out var errno));
        if (errno != 0)
            throw Errno.ToUnavailable(errno, path);
        var numbers = new List<Int128>();
        foreach (var word in text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Int128.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                throw Bad();
            numbers.Add(number);
        }

        return numbers.Count == fields ? [.. numbers] : throw Bad();

        IpcBadDataException Bad() =>
            new($"{path} can't be read: it should be {fields} whole number(s). No limit was made from it.", path);
    }

    /// <summary>Writes the leading fields of a sysctl in one call.</summary>
    /// <returns>0, or the errno: the kernel may have set some of the fields all the same.</returns>
    internal int Write(string sysctl, IEnumerable<Int128> leading) =>
        Libc.WriteFile(
            PathOf(sysctl),
            Encoding.ASCII.GetBytes(
                string.Join(' ', leading.Select(field => field.ToString(CultureInfo.InvariantCulture))) + "\n"
            )
        );

    /// <summary>Why a sysctl can't be written by the caller, as an errno; 0 when it can.</summary>
    internal int CheckWritable(string sysctl) => Libc.WriteFile(PathOf(sysctl), null);

    /// <summary>The file of a sysctl: /proc/sys/kernel/sem for kernel.sem.</summary>
    internal static string PathOf(string sysctl) => $"/proc/sys/{RelativePathOf(sysctl)}";

    /// <summary>The same below /proc/sys.</summary>
    internal static string RelativePathOf(string sysctl) => sysctl.Replace('.', '/');
}
