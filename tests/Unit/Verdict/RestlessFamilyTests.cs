using System.Globalization;
using PSSysVIpc.Kernel;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;
using Xunit.Abstractions;

namespace PSSysVIpc.Tests.Verdicts;

/// <summary>Users that are never at rest: families whose one worker is replaced all the time, threads that replace each other.</summary>
public class RestlessFamilyTests(ITestOutputHelper told)
{
    [TheoryNeeding(Need.Root | Need.FirstPidNamespace | Need.UtilLinux)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    public void Measure(int milliseconds) => Sandbox.Run(_ =>
    {
        var owner = FreshIds.Next();
        var id = Sandbox.MakeLeftover(owner);
        var life = (milliseconds / 1000.0).ToString(CultureInfo.InvariantCulture);
        using var family = ActorProcess.StartCommand(
            [.. LateComers.As(owner), "perl", "-e", $"$| = 1; print qq(ready\n); while (getppid() && ! -e '/proc/nothing') {{ select undef, undef, undef, {life} if {life}; $p = fork; exit if $p; last if time - $^T > 60 }}"]);
        var kernel = IpcKernel.OpenCurrent();
        var observation = LateComers.OldObservation(kernel, id);
        var counts = new Dictionary<string, int>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var round = 0; round < 2000 && clock.Elapsed.TotalSeconds < 50; round++)
        {
            var verdict = new Inspector(kernel, CancellationToken.None).Judge(observation);
            counts[verdict.Status] = counts.GetValueOrDefault(verdict.Status) + 1;
        }

        foreach (var process in new ProcessScanner().Scan(CancellationToken.None).OfUser(owner))
            told.WriteLine($"left: {process.Id}");
        told.WriteLine($"{milliseconds} ms: {string.Join(", ", counts)} in {clock.Elapsed}");
    });
}
