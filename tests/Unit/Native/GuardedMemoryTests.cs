using System.Runtime.InteropServices;
using PSSysVIpc.Native;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Native;

/// <summary>A call that writes more than there is room for fails, and nothing else is touched.</summary>
public class GuardedMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4_096)]
    [InlineData(4_097)]
    [InlineData(64_000)]
    public void It_has_the_room_that_was_asked_for(int capacity)
    {
        using var memory = GuardedMemory.TryMake(capacity)!;

        Assert.InRange(memory.Capacity, capacity, capacity + Environment.SystemPageSize);
        memory.Last(memory.Capacity).Fill(7);
        Assert.Equal(7, memory.Last(1)[0]);
    }

    [FactNeeding(Need.Root)]
    public void GETALL_of_a_larger_set_than_expected_is_refused_by_the_kernel() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(owner: 0, count: 30_000);
            using var memory = GuardedMemory.TryMake(6)!;

            Assert.Equal(-1, Libc.SemaphoreControl(id, Libc.GETALL, memory.Last(6)));
            Assert.Equal(Errno.EFAULT, Marshal.GetLastPInvokeError());
        });
}
