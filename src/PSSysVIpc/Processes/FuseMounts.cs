using System.Globalization;
using System.Text;

namespace PSSysVIpc.Processes;

/// <summary>
/// The mounts of FUSE in a /proc/PID/mountinfo (proc(5)): <c>98 22 0:43 / /mnt rw - fuse.sshfs host:/ rw</c>.
/// </summary>
internal static class FuseMounts
{
    private const int DeviceField = 2;

    /// <summary>Their devices, as /proc/PID/maps writes them: <c>00:2b</c>.</summary>
    internal static HashSet<string> Devices(ReadOnlySpan<byte> mountInfo)
    {
        var devices = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(mountInfo).Split('\n'))
        {
            // Optional fields stand before the dash. Blanks in paths are escaped.
            var type = line.IndexOf(" - fuse", StringComparison.Ordinal);
            if (type < 0 || line[..type].Split(' ') is not { Length: > DeviceField } fields)
                continue;
            if (
                fields[DeviceField].Split(':') is [var major, var minor]
                && uint.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                && uint.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            )
                devices.Add(string.Create(CultureInfo.InvariantCulture, $"{first:x2}:{second:x2}"));
        }

        return devices;
    }
}
