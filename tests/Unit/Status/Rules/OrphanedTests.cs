using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>
/// What is said of a set that nobody uses and nobody is left who could: what was looked for and not found.
/// </summary>
public class OrphanedTests
{
    [Fact]
    public void What_became_of_its_last_processes()
    {
        Expect(Set(), Host(), "nobody waits on it, nobody has operated on it, and no process runs as 1900000001.");
        Expect(Set().LastUsedBy(11), Host(), "its last operator 11 has exited, and");
        Expect(Set().LastUsedBy(11, 12), Host(), "its last operators 11 and 12 have exited, and");
        Expect(
            Set().LastUsedBy(11, 12, 13, 14, 15),
            Host(),
            "its last operators 11, 12, 13 and 2 more have exited, and"
        );
        Expect(Set().LastUsedBy(11, 11, 11), Host(), "its last operator 11 has exited, and");
        Expect(
            Set().LastUsedBy(CallerId, 12),
            Host(Process(CallerId)),
            "its last operator 99 is this shell and its last operator 12 has exited, and"
        );
        Expect(
            Set().Used(3_000).LastUsedBy(11),
            Host(Process(11).Started(100)),
            "its last operator 11 has exited (its number now belongs to p11 (11, 1900000009, since "
        );
    }

    [Fact]
    public void Of_one_with_a_key_how_long_ago_it_was_used_and_who_could_still_open_it()
    {
        const string heir = "and a later process of 1900000001 could open it by its key 0x0000beef.";
        var set = Set().WithKey(0xbeef).Changed(9 * Day);
        Expect(set, Host(), $". It was last changed 9 days ago, {heir}");
        Expect(set.Used(Day).LastUsedBy(11), Host(), $". It was last used 24 hours ago, {heir}");
    }

    [Fact]
    public void Whose_processes_were_looked_for() =>
        Expect(
            Set().CreatedBy(1_900_000_003, 1_900_000_004).WithMode("0660"),
            Host(),
            "no process runs as 1900000001 or as 1900000003 or in group 1900000002 or in group 1900000004."
        );

    [Fact]
    public void Of_one_that_everybody_may_open_that_nobodys_code_makes_such_calls() =>
        Expect(
            Set().WithMode("0604"),
            Host(),
            "no process runs as 1900000001, and no other process has code that makes such calls."
        );

    private static void Expect(SetScene set, HostScene host, string reason)
    {
        var verdict = Judge(set, host);
        Assert.StartsWith("Orphaned: nobody waits on it, ", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }
}
