using System.Text;
using PSSysVIpc.Boot;
using PSSysVIpc.Tests.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>Lines that are about a limit, and that the kernel or the readers refuse at boot.</summary>
public class RefusedLineTests
{
    [TheoryNeeding(Need.Root)]
    [InlineData(
        "kernel.sem = \"250 32000 100 128\"",
        "SEMMSL",
        "the kernel takes no number for SEMMSL from '\"250 32000 100 128\"'"
    )]
    [InlineData(
        "kernel.sem = \u201c250 32000 100 128\u201d",
        "SEMMNI",
        "for SEMMNI from '\u201c250 32000 100 128\u201d'"
    )]
    [InlineData(
        "kernel.sem = 250 32000 100 99999",
        "SEMMNI",
        "the kernel takes no number for SEMMNI from '250 32000 100 99999'"
    )]
    [InlineData("kernel.shmmni = -5", "SHMMNI", "the kernel takes no number for SHMMNI from '-5'")]
    [InlineData("kernel.sem 250 32000 100 128", "SEMOPM", "no reader takes it, as it has no equals sign")]
    public void The_line_is_named_and_why_it_does_not_count(string line, string limit, string why) =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(new BootCase("a guide's file", "etc/97-guide.conf", $"# guide\n{AsBytes(line)}\n"));
            var read = box.Limit(limit);
            Assert.Equal((null, "/etc/sysctl.d/97-guide.conf:2"), (read.PersistedValue, read.PersistedIn));
            Assert.StartsWith($"The line doesn't set {limit}: ", read.PersistedProblem, StringComparison.Ordinal);
            Assert.Contains(why, read.PersistedProblem, StringComparison.Ordinal);
            Assert.EndsWith(
                ". The next boot makes it the kernel's default.",
                read.PersistedProblem,
                StringComparison.Ordinal
            );
        });

    [FactNeeding(Need.Root)]
    public void What_an_earlier_line_sets_is_told_and_a_later_one_makes_it_good() =>
        BootMachine.Run(box =>
        {
            const string good = "kernel.shmmni = 5000\n",
                bad = "kernel.shmmni = '6000'\n";
            BootMachine.Lay(new BootCase("good, then bad", "etc/97-guide.conf", good + bad));
            var read = box.Limit("SHMMNI");
            Assert.Equal((5000ul, "/etc/sysctl.d/97-guide.conf:2"), (read.PersistedValue, read.PersistedIn));
            Assert.EndsWith(
                "The next boot makes it 5000 (/etc/sysctl.d/97-guide.conf:1).",
                read.PersistedProblem,
                StringComparison.Ordinal
            );

            BootMachine.Lay(new BootCase("bad, then good", "etc/97-guide.conf", bad + good));
            read = box.Limit("SHMMNI");
            Assert.Equal((5000ul, "/etc/sysctl.d/97-guide.conf:2"), (read.PersistedValue, read.PersistedIn));
            Assert.Null(read.PersistedProblem);
        });

    [FactNeeding(Need.Root)]
    public void A_negative_field_is_no_limit_and_is_not_copied_on() =>
        BootMachine.Run(box =>
        {
            BootMachine.Lay(new BootCase("a minus", "etc/10-minus.conf", "kernel.sem = 250 -5 32 128\n"));
            var read = box.Limit("SEMMNS");
            Assert.Equal((null, "/etc/sysctl.d/10-minus.conf:1"), (read.PersistedValue, read.PersistedIn));
            Assert.Equal(
                "-5 is no limit: the kernel takes it, and then allows nothing, or everything.",
                read.PersistedProblem
            );
            box.Invoke("Set-IpcLimit SEMMNI 4000 -Persist").Clean();
            Assert.Contains(
                "\nkernel.sem = 250 1024000000 32 4000\n",
                File.ReadAllText(DropInFile.Path),
                StringComparison.Ordinal
            );
        });

    // A case has a character for each byte.
    private static string AsBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
