namespace PSSysVIpc.Native;

/// <summary>
/// Reads files of /proc whole, on the calling thread: what /proc/sysvipc shows depends on the thread that opens it.
/// One buffer serves many files, so a span is good until the next read.
/// </summary>
internal sealed class ProcFile
{
    private byte[] _buffer = new byte[16 * 1024];

    /// <summary>The file's bytes. Where it can't be read, an empty span and the errno.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="errno">Why it can't be read; else 0.</param>
    /// <param name="deadline">Until when, for a file whose length another user decides; null for others.</param>
    /// <param name="most">How many bytes there may be.</param>
    /// <exception cref="ExaminationException">The time is over, or there are more bytes.</exception>
    internal ReadOnlySpan<byte> Read(string path, out int errno, Deadline? deadline = null, int most = int.MaxValue)
    {
        errno = 0;
        using var file = Libc.Open(path);
        if (file.IsInvalid)
        {
            errno = Libc.LastError;
            return default;
        }

        var length = 0;
        while (true)
        {
            deadline?.Check();
            if (length > most)
                throw new ExaminationException();
            if (length == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var count = Libc.Read(file, _buffer.AsSpan(length));
            if (count > 0)
            {
                length += (int)count;
            }
            else if (count == 0)
            {
                return _buffer.AsSpan(0, length);
            }
            else if (Libc.LastError != Errno.EINTR)
            {
                errno = Libc.LastError;
                return default;
            }
        }
    }
}
