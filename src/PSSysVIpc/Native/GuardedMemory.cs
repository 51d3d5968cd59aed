using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>
/// Memory that ends at a page nobody may touch. For system calls that write and take no length: more than was expected
/// doesn't overrun anything, the call fails with EFAULT.
/// </summary>
internal sealed class GuardedMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly nuint _length;

    private GuardedMemory(nint address, nuint length)
        : base(ownsHandle: true)
    {
        SetHandle(address);
        _length = length;
    }

    /// <summary>How many bytes it has before its end.</summary>
    internal int Capacity => (int)_length - Environment.SystemPageSize;

    /// <param name="capacity">How many bytes it must have at least.</param>
    /// <returns>Null where there is no such memory.</returns>
    internal static GuardedMemory? TryMake(int capacity)
    {
        var page = Environment.SystemPageSize;
        var length = (nuint)((capacity + page - 1) / page * page + page);
        var address = Libc.MapMemory(length);
        if (address == -1)
            return null;
        var memory = new GuardedMemory(address, length);
        if (Libc.ForbidMemory(address + memory.Capacity, (nuint)page) == 0)
            return memory;
        memory.Dispose();
        return null;
    }

    /// <summary>Its last bytes: what is written beyond them isn't written.</summary>
    internal unsafe Span<byte> Last(int count) => new((byte*)handle + Capacity - count, count);

    protected override bool ReleaseHandle() => Libc.UnmapMemory(handle, _length) == 0;
}
