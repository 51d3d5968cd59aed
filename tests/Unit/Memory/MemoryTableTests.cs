using System.Text;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Memory;

/// <summary>The tables of segments and queues, as recorded, and beside what the single calls tell.</summary>
public class MemoryTableTests
{
    private const string Segments =
        "key shmid perms size cpid lpid nattch uid gid cuid cgid atime dtime ctime rss swap\n"
        + "-559038737 32769 3640 4611686018427387904  4711  4712 3 33 44 0 5 "
        + "1700000003 1700000002 1700000001 8192 4096\n";

    private const string Queues =
        "key msqid perms cbytes qnum lspid lrpid uid gid cuid cgid stime rtime ctime\n"
        + "77 5 622 120 3 4711 4712 33 44 0 5 1700000003 1700000002 1700000001\n";

    [Fact]
    public void A_recorded_row_of_a_segment_is_read()
    {
        var row = Parse<SharedMemoryRow>(new SharedMemoryKind(IpcKernel.OpenCurrent()), Segments);

        Assert.Equal((0xdeadbeefu, 32769, 0x1A0, 1700000001), (row.Key, row.Id, row.Mode, row.ChangeTime));
        Assert.Equal((4711, 4712, 3L, 1L << 62), (row.Creator, row.Last, row.AttachCount, row.Bytes));
        Assert.Equal(
            (1700000003, 1700000002, 8192L, 4096L),
            (row.AttachTime, row.DetachTime, row.ResidentBytes, row.SwappedBytes)
        );
        Assert.True(row.IsMarkedForRemoval && row.IsLocked);
        Assert.Equal((1UL << 62) / (ulong)Environment.SystemPageSize, row.Size);
    }

    [Fact]
    public void A_recorded_row_of_a_queue_is_read_and_how_much_there_may_be_is_not_in_it()
    {
        var row = Parse<MessageQueueRow>(new MessageQueueKind(IpcKernel.OpenCurrent()), Queues);

        Assert.Equal((77u, 5, 0x192, 1700000001), (row.Key, row.Id, row.Mode, row.ChangeTime));
        Assert.Equal((3L, 120L, IpcField.Unknown), (row.MessageCount, row.Bytes, row.MaxBytes));
        Assert.Equal((4711, 4712, 1700000003, 1700000002), (row.Sender, row.Receiver, row.SendTime, row.ReceiveTime));
    }

    [Fact]
    public void Whatever_stands_there_instead_is_bad_data()
    {
        string[] broken =
        [
            "",
            "nonsense\n",
            Segments[..^5],
            Segments.Replace("nattch", "other!", StringComparison.Ordinal),
            Segments.Replace("  4711", "  4x11", StringComparison.Ordinal),
            Segments.Replace("4611686018427387904", "9999999999999999999", StringComparison.Ordinal),
        ];
        var kind = new SharedMemoryKind(IpcKernel.OpenCurrent());

        Assert.All(broken, text => Assert.Throws<IpcBadDataException>(() => kind.Parse(Encoding.ASCII.GetBytes(text))));
    }

    [FactNeeding(Need.Root)]
    public void Single_calls_and_the_table_tell_the_same() =>
        Sandbox.Run(_ =>
        {
            var kernel = IpcKernel.OpenCurrent();
            var segment = TestLibc.MakeSegment(12_345, key: 0xfedcba98, mode: 0x1A4);
            var queue = TestLibc.MakeQueue();
            using var holder = PerlIpc.Start(
                "attach($ARGV[0]); lock_it($ARGV[0]); shmread($ARGV[0], $b, 0, 1); "
                    + "msgsnd($ARGV[1], pack('l! a*', 1, 'x' x 99), 0) for 1 .. 3; msgrcv($ARGV[1], $b, 99, 0, 0); "
                    + "ready(); sleep 600",
                segment,
                queue
            );

            AssertSame(new SharedMemoryKind(kernel), "/proc/sysvipc/shm", segment);
            AssertSame(new MessageQueueKind(kernel), "/proc/sysvipc/msg", queue);
        });

    private static void AssertSame(IpcKind kind, string table, int id)
    {
        var listed = kind.Parse(File.ReadAllBytes(table)).Single(row => row.Id == id);
        Assert.Equal(listed, kind.Find(id, TimeSpan.Zero));
        Assert.Equal(listed, IndexedRead.TryRead(kind)!.Single(row => row.Id == id));
    }

    private static T Parse<T>(IpcKind kind, string text) =>
        Assert.IsType<T>(Assert.Single(kind.Parse(Encoding.ASCII.GetBytes(text))));
}
