using System.Text;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Tests.Kinds;

/// <summary>
/// The reader of /proc/sysvipc/sem on recorded and on broken text: an object or IpcBadData, never anything else.
/// </summary>
public class SemaphoreTableTests
{
    private const string Header =
        "       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n";
    private const string Row = "-559038737      32769   660          3    33    44     0     5 1700000001 1700000000\n";

    private static readonly SemaphoreKind s_kind = new(IpcKernel.OpenCurrent());

    [Fact]
    public void A_recorded_row_is_read()
    {
        var row = Assert.Single(Parse(Header + Row)).Value;

        Assert.Equal(
            new SemaphoreRow(
                new(
                    Id: 32769,
                    Key: 0xdeadbeef,
                    Mode: 0x1B0,
                    OwnerId: 33,
                    GroupId: 44,
                    CreatorId: 0,
                    CreatorGroupId: 5,
                    ChangeTime: 1700000000
                ),
                Count: 3,
                OperationTime: 1700000001
            ),
            row
        );
    }

    [Fact]
    public void A_header_alone_is_an_empty_table() => Assert.Empty(Parse(Header));

    [Fact]
    public void The_largest_values_the_kernel_can_print_are_read()
    {
        var row = Assert
            .Single(
                Parse(Header + "-1 2147483647 777 32000 4294967294 4294967295 4294967294 4294967295 253402300799 0\n")
            )
            .Value;

        Assert.Equal((uint.MaxValue, int.MaxValue, 4294967294u), (row.Key, row.Id, row.OwnerId));
    }

    [Fact]
    public void One_more_column_anywhere_shifts_nothing()
    {
        var expected = Assert.Single(Parse(Header + Row)).Value;
        string[] names = Header.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            values = Row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var position = 0; position < names.Length; position++)
        {
            var header = string.Join(' ', [.. names[..position], "extra", .. names[position..]]);
            var row = string.Join(' ', [.. values[..position], "-text-", .. values[position..]]);
            Assert.Equal(expected, Assert.Single(Parse(header + row)).Value);
        }
    }

    [Fact]
    public void A_row_listed_twice_is_one_set()
    {
        var later = Row.Replace("1700000001", "1700000009", StringComparison.Ordinal);

        Assert.Single(Parse(Header + Row + later + Row));
    }

    [Fact]
    public void Two_different_sets_with_one_id_are_bad_data() =>
        AssertBad(Header + Row + Row.Replace("-559038737", "5", StringComparison.Ordinal));

    [Fact]
    public void Rows_come_out_by_id()
    {
        var rows = string.Concat(new[] { 9, 3, 70000, 0 }.Select(id => $"0 {id} 600 1 0 0 0 0 0 0\n"));

        Assert.Equal([0, 3, 9, 70000], Parse(Header + rows).Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("       key      semid perms      nsems   uid   gid  cuid  cgid      otime\n")]
    [InlineData("key key semid perms nsems uid gid cuid cgid otime ctime\n")]
    [InlineData("       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime")]
    [InlineData("total garbage\nof two lines\n")]
    [InlineData(Header + "0 1 600 1 0 0 0 0 0\n")]
    [InlineData(Header + "0 1 600 1 0 0 0 0 0 0 0\n")]
    [InlineData(Header + "\n")]
    [InlineData(Header + "0 -1 600 1 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 2147483648 600 1 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 1 680 1 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 1 600 0 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 1 600 1 -1 0 0 0 0 0\n")]
    [InlineData(Header + "0 1 600 1 4294967296 0 0 0 0 0\n")]
    [InlineData(Header + "4294967296 1 600 1 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 99999999999999999999999999999999 600 1 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 1 600 1 0 0 0 0 0 9223372036854775807\n")]
    [InlineData(Header + "0 0x1 600 1 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 1.5 600 1 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 - 600 1 0 0 0 0 0 0\n")]
    [InlineData(Header + "0 ١ 600 1 0 0 0 0 0 0\n")]
    public void Text_that_is_no_such_table_is_bad_data(string text) => AssertBad(text);

    [Fact]
    public void A_table_cut_anywhere_is_bad_data_or_holds_whole_rows_only()
    {
        var text = Header + Row + "0 5 600 1 0 0 0 0 0 0\n";
        var whole = Parse(text);
        for (var length = 0; length < text.Length; length++)
        {
            var cut = text[..length];
            if (cut.EndsWith('\n'))
                Assert.All(Parse(cut), row => Assert.Equal(whole[row.Key], row.Value));
            else
                AssertBad(cut);
        }
    }

    [Fact]
    public void Random_changes_never_give_anything_but_rows_or_bad_data()
    {
        var random = new Random(20261123);
        var good = Encoding.UTF8.GetBytes(Header + Row + "0 5 600 1 0 0 0 0 0 0\n");
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.All(Parse(bytes), row => Assert.True(row.Value.Id >= 0 && row.Value.Size > 0));
            }
            catch (IpcBadDataException)
            {
                // The other good outcome. Anything else fails the test.
            }
        }
    }

    private static SortedList<int, IpcRow> Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    private static SortedList<int, IpcRow> Parse(byte[] text) => new(s_kind.Parse(text).ToDictionary(row => row.Id));

    private static void AssertBad(string text)
    {
        var error = Assert.Throws<IpcBadDataException>(() => Parse(text));
        Assert.Contains("/proc/sysvipc/sem can't be read", error.Message, StringComparison.Ordinal);
    }
}
