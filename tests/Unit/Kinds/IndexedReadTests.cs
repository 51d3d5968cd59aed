using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Native;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Kinds;

/// <summary>When places of the kernel's array are read, and when the table.</summary>
public class IndexedReadTests
{
    private const int Hole = -Errno.EINVAL;
    private const int Removed = -Errno.EIDRM;

    [Fact]
    public void Objects_are_read_by_their_places_and_holes_are_none() =>
        Assert.Equal([0, 32769, 2, 5], Read([0, 32769, 2, Hole, Removed, 5], counts: 4)!);

    [Fact]
    public void Where_there_are_none_there_is_nothing_to_look_for_in_the_table() =>
        Assert.Empty(Read([Hole], counts: 0)!);

    [Fact]
    public void What_came_or_went_meanwhile_is_read_again() => Assert.Equal([0, 1], Read([0, 1], counts: [3, 4, 2])!);

    [Fact]
    public void One_that_went_before_it_was_read_is_no_difference_to_the_count_afterwards() =>
        Assert.Equal([0, 1], Read([0, 1, Removed], counts: [3, 2])!);

    [Fact]
    public void Where_the_kernel_counts_more_again_and_again_the_table_is_read() =>
        Assert.Null(Read([0, 1], counts: 3));

    [Fact]
    public void A_kernel_that_knows_no_such_command_says_what_it_says_of_holes() =>
        Assert.Null(Read([Hole, Hole, Hole], counts: 3));

    [Theory]
    [InlineData(Errno.EACCES)]
    [InlineData(Errno.EPERM)]
    public void What_a_security_module_hides_is_no_hole(int errno) => Assert.Null(Read([0, -errno, 2], counts: 3));

    [Fact]
    public void Where_the_command_for_the_highest_place_fails_the_table_is_read() => Assert.Null(Read([], counts: 3));

    [Theory]
    [InlineData(3, 3 * 4, true)]
    [InlineData(3, 3 * 4 + 4, false)]
    public void Among_many_empty_places_the_table_is_cheaper_and_none_is_looked_at(int count, int highest, bool isRead)
    {
        int[] places = [.. Enumerable.Range(0, highest + 1).Select(place => place < count ? place : Hole)];
        var kind = new ThingKind(IpcKernel.OpenCurrent(), "") { Places = places, Counts = new([count]) };

        Assert.Equal(isRead, IndexedRead.TryRead(kind) is not null);
        Assert.Equal(isRead, kind.Looks > 0);
    }

    [FactNeeding(Need.Root)]
    public void It_finds_what_the_table_has_whatever_was_removed_between() =>
        Sandbox.Run(_ =>
        {
            var kernel = IpcKernel.OpenCurrent();
            var random = new Random(1);
            var made = new List<int>();
            for (var round = 0; round < 200; round++)
            {
                made.Add(
                    Sandbox.MakeSet((uint)random.Next(1, 1000), key: (uint)random.Next(0, 2) * 0x1000u + (uint)round)
                );
                if (random.Next(3) == 0)
                {
                    var gone = made[random.Next(made.Count)];
                    Assert.Equal(0, kernel.SemaphoreControl(gone, 0, Libc.IPC_RMID));
                    made.Remove(gone);
                }
            }

            var kind = new SemaphoreKind(kernel);
            var rows = IndexedRead.TryRead(kind)!.OrderBy(row => row.Id);
            Assert.Equal(kind.Parse(kernel.ReadTable("/proc/sysvipc/sem")), rows);
        });

    private static int[]? Read(int[] places, params int[] counts)
    {
        var kind = new ThingKind(IpcKernel.OpenCurrent(), "") { Places = places, Counts = new(counts) };
        return IndexedRead.TryRead(kind)?.Select(row => row.Id).ToArray();
    }
}
