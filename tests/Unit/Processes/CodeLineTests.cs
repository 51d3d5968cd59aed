using System.Text;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Tests.Processes;

/// <summary>Which lines of /proc/PID/maps are of files that can be program text.</summary>
public class CodeLineTests
{
    [Theory]
    [InlineData("r-xp", "/usr/bin/perl", true)]
    [InlineData("r--p", "/usr/bin/perl", false)]
    [InlineData("r-xs", "/memfd:code (deleted)", true)]
    // A file in a folder of that name, whose disk may be unmounted by now.
    [InlineData("r-xp", "/SYSVapp/program", true)]
    [InlineData("r-xp", "/SYSV00000001 (deleted)", true)]
    public void What_is_executable_or_private_is(string rights, string path, bool isExecutable)
    {
        var line = Read($"7f0000001000-7f0000002000 {rights} 00000000 fd:01 1234                       {path}");
        Assert.Equal(new CodeLine("7f0000001000-7f0000002000", "fd:01", 1234, path, isExecutable), line);
    }

    [Theory]
    [InlineData("rw-s 00000000 00:01 5                          /SYSV00000001 (deleted)")]
    [InlineData("rw-s 00000000 fd:01 1234                       /var/lib/db/data")]
    [InlineData("rw-p 00000000 00:00 0")]
    [InlineData("rw-p 00000000 00:00 0                          [heap]")]
    [InlineData("r-xp 00000000 00:00 0                          [vdso]")]
    [InlineData("r-xp 00000000 fd:01")]
    [InlineData("")]
    public void Data_that_others_share_and_memory_without_a_file_are_not(string rest) =>
        Assert.Null(Read($"7f0000001000-7f0000002000 {rest}"));

    [Theory]
    [InlineData("00400000-00401000", "400000-401000")]
    [InlineData("00000000-00001000", "0-1000")]
    [InlineData("7fffffffe000-7ffffffff000", "7fffffffe000-7ffffffff000")]
    public void Its_addresses_are_as_map_files_names_them(string shown, string named) =>
        Assert.Equal(named, Read($"{shown} r-xp 00000000 fd:01 1234   /bin/x")?.Range);

    private static CodeLine? Read(string line) => CodeLine.Read(Encoding.UTF8.GetBytes(line));
}
