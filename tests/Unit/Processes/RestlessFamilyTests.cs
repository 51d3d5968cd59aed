using System.Text.RegularExpressions;
using PSSysVIpc.Commands;
using PSSysVIpc.Ipc;
using PSSysVIpc.Processes;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>
/// Users that are never at rest: families whose one worker is replaced all the time, threads that replace each other.
/// </summary>
public partial class RestlessFamilyTests
{
    [TheoryNeeding(Need.Root | Need.FirstPidNamespace)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    public void A_set_whose_users_one_worker_is_replaced_many_times_a_second_is_never_Orphaned(int milliseconds) =>
        Sandbox.Run(_ =>
        {
            var owner = FreshIds.Next();
            var id = Sandbox.MakeLeftover(owner);
            using var family = RestlessFamily.Start(owner, FreshIds.Next(), milliseconds);
            var scanner = new ProcessScanner();
            Wait.Until(() => scanner.Scan().OfUser(owner).Count > 0, "the first worker has become the user");
            var (reasons, rounds) = AssertAlways("Stale", id);
            // Else it was no such family. Each judgement takes some milliseconds.
            var workers = reasons
                .SelectMany(reason => Worker().Matches(reason))
                .Select(match => match.Value)
                .Distinct()
                .Count();
            Assert.True(workers >= rounds / 200, $"Only {workers} workers were seen in {rounds} judgements.");
        });

    [FactNeeding(Need.Root | Need.FirstPidNamespace)]
    public void An_operator_without_a_main_thread_whose_other_threads_replace_each_other_is_always_alive() =>
        Sandbox.Run(_ =>
        {
            var id = Sandbox.MakeSet(FreshIds.Next());
            using var actor = ActorProcess.Start("operate-and-replace-threads-and-end-main", id);
            Wait.Until(
                () => File.ReadAllText($"/proc/{actor.Id}/stat").Contains(") Z ", StringComparison.Ordinal),
                "the main thread is a zombie"
            );
            AssertAlways("InUse", id);
        });

    /// <summary>By the real judge, as a cmdlet would use it, on what the set was like when it began.</summary>
    /// <returns>The different reasons that were given, and how often it was judged.</returns>
    private static (HashSet<string> Reasons, int Rounds) AssertAlways(string status, int id)
    {
        var kernel = IpcKernel.OpenCurrent();
        // Not so old that its operator would look younger than its operation.
        var facts = status == "Stale" ? LateComers.OldFacts(kernel, id) : Judging.Facts(kernel, id);
        var others = new List<string>();
        var reasons = new HashSet<string>();
        var rounds = 0;
        foreach (var round in Rounds.UpTo(2_000))
        {
            rounds++;
            var verdict = new Inspector(kernel, CancellationToken.None).Judge(facts);
            reasons.Add(verdict.Reason);
            if (verdict.Status != status)
                others.Add($"{round}: {verdict.Status}, {verdict.Reason}");
        }

        Assert.True(
            others.Count == 0,
            $"{others.Count} of {rounds} verdicts were others:\n{string.Join('\n', others.Take(5))}"
        );
        return (reasons, rounds);
    }

    [GeneratedRegex(@"perl \(\d+,")]
    private static partial Regex Worker();
}
