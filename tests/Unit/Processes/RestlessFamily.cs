using System.Globalization;
using PSSysVIpc.Tests.Actor;

namespace PSSysVIpc.Tests.Processes;

/// <summary>A family of one process that forks its successor and ends, again and again.</summary>
internal static class RestlessFamily
{
    // Its dead are taken note of by a process of another user that stays: a machine's own pid 1 may be slow at that.
    // All of them end when their input does: so none outlives the tests.
    private const string Program = """
        my ($reaper, $user, $life) = @ARGV;
        my $number = `uname -m` =~ /aarch64/ ? 167 : 157;
        syscall($number, 36, 1, 0, 0, 0) == 0 or die "PR_SET_CHILD_SUBREAPER: $!";
        $SIG{CHLD} = 'IGNORE';
        if (fork == 0) {
            $( = $) = "$user $user"; $< = $> = $user;
            vec(my $input, 0, 1) = 1;
            until (select my $ended = $input, undef, undef, $life) { exit if fork }
            exit;
        }
        $( = $) = "$reaper $reaper"; $< = $> = $reaper;
        $| = 1; print "ready\n"; 1 while <STDIN>;
        """;

    internal static ActorProcess Start(uint user, uint reaper, int milliseconds) =>
        ActorProcess.StartCommand(
            "perl",
            "-e",
            Program,
            Text(reaper),
            Text(user),
            (milliseconds / 1000.0).ToString(CultureInfo.InvariantCulture)
        );

    private static string Text(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
