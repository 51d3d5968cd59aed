using System.Globalization;

namespace PSSysVIpc.Native;

/// <summary>
/// The file systems inside the kernel on which segments are files (shm_mnt, and one for each size of huge pages): by
/// their devices a file that only has such a name is told from one.
/// </summary>
internal static class SegmentFiles
{
    private const uint MFD_CLOEXEC = 1;
    private const uint MFD_HUGETLB = 4;
    private const int MFD_HUGE_SHIFT = 26;

    // The sizes that there are, as powers of two (MFD_HUGE_64KB to MFD_HUGE_16GB of <linux/memfd.h>).
    private static readonly uint[] s_hugePages = [16, 19, 20, 21, 23, 24, 25, 28, 29, 30, 31, 34];

    private static ReadOnlySpan<byte> Prefix => "/SYSV"u8;

    private static ReadOnlySpan<byte> Suffix => " (deleted)"u8;

    /// <summary>Their devices; empty where they can't be found out.</summary>
    internal static HashSet<(uint, uint)> FindDevices()
    {
        // What memfd_create(2) makes lies on the same ones.
        var devices = new HashSet<(uint, uint)>();
        AddDevice(devices, MFD_CLOEXEC);
        foreach (var size in s_hugePages)
            AddDevice(devices, MFD_CLOEXEC | MFD_HUGETLB | (size << MFD_HUGE_SHIFT));
        return devices;
    }

    /// <summary>The key that a segment was made with, by its name: <c>/SYSV00001234 (deleted)</c>.</summary>
    /// <returns>Null where it isn't named as a segment is (newseg in ipc/shm.c).</returns>
    internal static uint? KeyOf(ReadOnlySpan<byte> name) =>
        name.StartsWith(Prefix)
        && name.EndsWith(Suffix)
        && uint.TryParse(
            name[Prefix.Length..^Suffix.Length],
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var key
        )
            ? key
            : null;

    private static void AddDevice(HashSet<(uint, uint)> devices, uint flags)
    {
        using var file = Libc.MakeMemoryFile(flags);
        if (!file.IsInvalid && Libc.Stat(file, out var facts) == 0)
            devices.Add(facts.Device);
    }
}
