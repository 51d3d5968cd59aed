using PSSysVIpc.Boot;

namespace PSSysVIpc.Tests.Boot;

/// <summary>What our drop-in says after a change, and what of others stays in it.</summary>
public sealed class DropInTests
{
    private const string Sem = "kernel.sem = 250 32000 32 512\n";
    private const string MsgMax = "kernel.msgmax = 65536\n";

    private static readonly string s_header = DropIn
        .Empty.With(new Dictionary<string, string> { ["kernel.sem"] = "1" })
        .Content[..^"kernel.sem = 1\n".Length];

    [Fact]
    public void The_header_says_who_wrote_it_and_how_to_undo_it()
    {
        Assert.Contains("PSSysVIpc", s_header, StringComparison.Ordinal);
        Assert.Contains("Remove-IpcLimitPersistence", s_header, StringComparison.Ordinal);
        Assert.All(s_header.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("# ", line, StringComparison.Ordinal));
        Assert.True(new DropIn(s_header).IsOurs);
    }

    [Fact]
    public void Only_what_was_set_stands_in_it() => Assert.Equal(s_header + Sem + MsgMax, Set(Set("", Sem), MsgMax));

    [Fact]
    public void A_line_of_ours_is_replaced_where_it_stands() =>
        Assert.Equal(
            s_header + "kernel.sem = 1 2 3 4\n" + MsgMax,
            Set(s_header + Sem + MsgMax, "kernel.sem = 1 2 3 4\n")
        );

    [Fact]
    public void Nothing_set_is_nothing_changed()
    {
        Assert.Equal("", Set("", ""));
        Assert.Equal(s_header + Sem, Set(s_header + Sem, ""));
    }

    [Theory]
    [InlineData("# why we need it\n\n; and who asked\nvm.swappiness = 10\n")]
    [InlineData("kernel/sem = 1 2 3 4\n")]
    [InlineData("-kernel.sem = 1 2 3 4\n")]
    [InlineData("\t kernel.sem=1\n")]
    [InlineData("kernel.sem = 0x10\n")]
    [InlineData("kernel.s?m = 5\n")]
    [InlineData("\u00ff\u00fe bytes that are no text \0\n")]
    [InlineData("kernel.shmmax = 5\r\n")]
    public void What_others_wrote_above_ours_stays_and_ours_keeps_its_place(string others) =>
        Assert.Equal(
            s_header + others + "kernel.sem = 1 2 3 4\n",
            Set(s_header + others + Sem, "kernel.sem = 1 2 3 4\n")
        );

    [Theory]
    [InlineData("# why we need it\n")]
    [InlineData("vm.swappiness = 10\n")]
    [InlineData("kernel.s?m = 5\n")]
    [InlineData("-kernel.s?m\n")]
    [InlineData("kernel.semx = 5\n")]
    [InlineData("kernel.sem 5\n")]
    public void What_others_wrote_below_ours_stays_and_ours_keeps_its_place(string others) =>
        Assert.Equal(
            s_header + "kernel.sem = 1 2 3 4\n" + others,
            Set(s_header + Sem + others, "kernel.sem = 1 2 3 4\n")
        );

    [Theory]
    [InlineData("kernel/sem = 1 2 3 4\n")]
    [InlineData("-kernel.sem = 1 2 3 4\n")]
    [InlineData("-kernel.sem\n")]
    [InlineData("--kernel.sem=5\n")]
    [InlineData("kernel.sem=5\r\n")]
    [InlineData("kernel.sem=not a number\n")]
    [InlineData("kernel..sem = 5\n")]
    [InlineData("kernel//s?m = 5\n")]
    [InlineData("kernel/../kernel/sem = 5\n")]
    [InlineData("vm.swappiness = 10\rkernel.sem = 5\n")]
    public void What_would_undo_ours_stays_and_ours_goes_below_it(string others) =>
        Assert.Equal(
            s_header + others + "kernel.sem = 9 8 7 6\n",
            Set(s_header + Sem + others, "kernel.sem = 9 8 7 6\n")
        );

    [Fact]
    public void A_last_line_without_its_end_stays_a_line() =>
        Assert.Equal(s_header + "vm.swappiness = 10\n" + Sem, Set(s_header + "vm.swappiness = 10", Sem));

    [Fact]
    public void A_line_of_ours_without_its_end_is_replaced() =>
        Assert.Equal(s_header + "kernel.sem = 1", Set(s_header + Sem.TrimEnd('\n'), "kernel.sem = 1\n"));

    [Fact]
    public void What_an_editor_made_of_our_lines_is_still_ours()
    {
        var edited = (s_header + Sem + MsgMax).Replace("\n", " \r\n", StringComparison.Ordinal);
        Assert.True(new DropIn(edited).IsOurs);
        Assert.Equal(edited.Replace("65536 ", "5", StringComparison.Ordinal), Set(edited, "kernel.msgmax = 5\n"));
        Assert.True(new DropIn(edited).Without(["kernel.sem", "kernel.msgmax"]).IsEmpty);
    }

    [Fact]
    public void A_sysctl_is_taken_out_in_all_spellings()
    {
        var others = "# kernel.sem was 250\nkernel.s?m = 5\nkernel.semx = 1\n";
        var spellings = "kernel/sem = 1\n-kernel.sem\n  - kernel.sem=3\nkernel..sem=x\r\nkernel/../kernel/sem=1\n";
        Assert.Equal(
            s_header + MsgMax + others,
            new DropIn(s_header + Sem + MsgMax + spellings + others).Without(["kernel.sem"]).Content
        );
    }

    [Fact]
    public void Nothing_is_left_when_the_last_sysctl_is_taken_out()
    {
        Assert.True(new DropIn(s_header + Sem + " \n\n").Without(["kernel.sem"]).IsEmpty);
        Assert.True(new DropIn(s_header).Without(["kernel.sem"]).IsEmpty);
        Assert.True(DropIn.Empty.Without(["kernel.sem"]).IsEmpty);
    }

    [Theory]
    [InlineData("# mine\n")]
    [InlineData("vm.swappiness = 10\n")]
    [InlineData("kernel.*m = 5\n")]
    public void What_others_wrote_keeps_the_file(string others) =>
        Assert.Equal(
            s_header + others,
            new DropIn(s_header + Sem + others).Without(["kernel.sem", "kernel.msgmax"]).Content
        );

    [Theory]
    [InlineData("# my note\rvm.swappiness = 10\rkernel.sem = 900\n", "# my note\rvm.swappiness = 10\n")]
    [InlineData("kernel.sem = 900\rvm.swappiness = 10\n", "vm.swappiness = 10\n")]
    [InlineData("# my note\rkernel.sem = 900\rvm.swappiness = 10\n", "# my note\rvm.swappiness = 10\n")]
    [InlineData("# my note\0kernel.sem = 900\0\nvm.swappiness = 10\n", "# my note\0\nvm.swappiness = 10\n")]
    [InlineData("# my note\r\nkernel.sem = 900\r\nvm.swappiness = 10\r\n", "# my note\r\nvm.swappiness = 10\r\n")]
    [InlineData("vm.swappiness = 10\rkernel.sem = 900", "vm.swappiness = 10\r")]
    [InlineData("# my note\r\r\rkernel/sem = 900\n\n", "# my note\r\r\n\n")]
    [InlineData("\r--kernel/sem =-1\rvm.swappiness = 10\n", "\rvm.swappiness = 10\n")]
    [InlineData("kernel.sem = 900\rkernel/../kernel/sem = 5\rvm.swappiness = 10\n", "vm.swappiness = 10\n")]
    public void What_any_reader_takes_for_a_line_of_its_own_is_one(string others, string left)
    {
        var file = new DropIn(s_header + MsgMax + others);
        Assert.Contains("kernel.sem", file.Keys);
        Assert.Equal(s_header + MsgMax + left, file.Without(["kernel.sem"]).Content);
    }

    [Theory]
    [InlineData("kernel.sem\r= 5\rvm.swappiness = 10\n")]
    [InlineData("-\rkernel.sem\n= 5\n", false)]
    public void What_cannot_be_told_from_the_rest_of_its_line_is_left_alone(string others, bool isNamed = true)
    {
        var file = new DropIn(s_header + Sem + others);
        if (isNamed)
            Assert.Contains(
                "'kernel.sem?= 5?vm.swappiness = 10'",
                Assert.Throws<FormatException>(() => file.Without(["kernel.sem"])).Message,
                StringComparison.Ordinal
            );
        else
            Assert.Equal(s_header + others, file.Without(["kernel.sem"]).Content);
    }

    [Theory]
    [InlineData("# my note\rkernel.sem = 1 2 3 4\n")]
    [InlineData("kernel.sem = 1 2 3 4\rvm.swappiness = 10\n")]
    [InlineData("kernel.sem = 1 2 3 4\0")]
    [InlineData("kernel.sem = 1 2 3 4\r")]
    public void A_piece_of_somebodys_line_is_not_ours(string others) =>
        Assert.Equal(s_header + others + (others.EndsWith('\n') ? "" : "\n") + Sem, Set(s_header + others, Sem));

    [Fact]
    public void The_keys_are_the_sysctls_that_it_names()
    {
        Assert.Equal(
            ["kernel.sem", "kernel.msgmax"],
            new DropIn(s_header + "-kernel/msgmax = 5\nkernel.shm* = 1\n#kernel.msgmnb = 1\n" + Sem).Keys
        );
        Assert.Empty(DropIn.Empty.Keys);
    }

    /// <summary>The content after setting what a line says.</summary>
    private static string Set(string content, string line)
    {
        var values =
            line.Length == 0
                ? []
                : new Dictionary<string, string> { [line.Split(" = ")[0]] = line.Split(" = ")[1].TrimEnd('\n') };
        return new DropIn(content).With(values).Content;
    }
}
