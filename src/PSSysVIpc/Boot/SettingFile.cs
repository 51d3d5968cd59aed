using System.Text;
using Microsoft.Win32.SafeHandles;
using PSSysVIpc.Native;

namespace PSSysVIpc.Boot;

/// <summary>The lines of one file with settings, whatever lies at its name.</summary>
internal static class SettingFile
{
    /// <summary>
    /// How long a line is at most for systemd, which leaves the file there; longer ones are cut for procps.
    /// </summary>
    private const int LongestLine = 1 << 20;

    // Far beyond any file with settings. It bounds the time that somebody's sparse file can take.
    private const long LargestFile = 1 << 27;

    // What .NET makes of bytes in a name that are no UTF-8: by that text no file can be found.
    private const char NoText = '\ufffd';

    /// <summary>Whether a path leads to a file, which is all that procps takes for /etc/sysctl.conf.</summary>
    internal static bool IsRegular(string path) => Libc.TryStat(path, out var facts) && facts.IsRegularFile;

    /// <summary>Whether there is anything at a path, or this process can't know.</summary>
    internal static bool MayExist(string path) => Libc.TryStat(path, out _) || Errno.IsDenied(Libc.LastError);

    /// <summary>Reads a file's lines.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="reader">By whose rules a line ends.</param>
    /// <param name="take">Gets each line that isn't empty.</param>
    /// <returns>
    /// False where root's reader would find something there that this process can't read, or must not: a pipe, say, or
    /// more than any reader should have to read. Nothing, a folder, a broken link and /dev/null are read as empty.
    /// </returns>
    internal static bool TryRead(string path, BootReader reader, Action<SettingLine> take)
    {
        // Before it is opened: opening a device can do things.
        if (!Libc.TryStat(path, out var facts))
            return !Errno.IsDenied(Libc.LastError) && !path.Contains(NoText, StringComparison.Ordinal);
        if (!facts.IsRegularFile)
            return facts.IsFolder || facts.IsNullDevice;
        var errno = Libc.OpenRegularFile(path, out _, out var file);
        if (errno != 0)
            return !Errno.IsDenied(errno);
        if (file is null)
            return false;
        using (file)
            return Read(file, path, reader, take);
    }

    private static bool Read(SafeFileHandle file, string path, BootReader reader, Action<SettingLine> take)
    {
        var buffer = new byte[64 * 1024];
        var line = new StringBuilder();
        var number = 1;
        long total = 0;
        while (true)
        {
            var count = (int)Libc.Read(file, buffer);
            if (count < 0 && Libc.LastError == Errno.EINTR)
                continue;
            if (count <= 0)
                break;
            total += count;
            if (total > LargestFile)
                return false;
            foreach (var value in buffer.AsSpan(0, count))
            {
                if (IsEnd(value, reader))
                {
                    Take();
                    if (value == '\n')
                        number++;
                }
                else if (line.Length < LongestLine)
                {
                    line.Append((char)value);
                    if (line.Length == LongestLine && reader == BootReader.Systemd)
                        return true;
                }
            }
        }

        Take();
        return true;

        void Take()
        {
            if (line.Length > 0)
                take(new SettingLine(path, number, line.ToString()));
            line.Clear();
        }
    }

    private static bool IsEnd(byte value, BootReader reader) =>
        value == '\n' || (reader == BootReader.Systemd && value is (byte)'\r' or 0);
}
