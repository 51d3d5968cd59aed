using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands.Completion;

/// <summary>Alone: statuses are judged only as long as nobody at a prompt would notice.</summary>
[Collection(Alone.Name)]
public class IdCompletionTests
{
    [FactNeeding(Need.Root)]
    public void Ids_that_begin_with_what_was_typed_are_offered_by_both_cmdlets() =>
        Sandbox.Run(box =>
        {
            for (var i = 0; i < 12; i++)
                Sandbox.MakeSet(0);

            foreach (var command in new[] { "Get-IpcSemaphore", "Remove-IpcSemaphore", @"PSSysVIpc\Get-IpcSemaphore" })
            {
                Assert.Equal(Enumerable.Range(0, 12).Select(id => $"{id}"), box.CompleteText($"{command} "));
                Assert.Equal(["1", "10", "11"], box.CompleteText($"{command} -Id 1"));
                Assert.Equal(["10"], box.CompleteText($"{command} -Id 3,10"));
                Assert.Equal(["10"], box.CompleteText($"{command} -Id '10"));
                Assert.Empty(box.CompleteText($"{command} -Id x"));
            }
        });

    [FactNeeding(Need.Root)]
    public void What_is_not_known_before_the_line_runs_or_is_not_good_narrows_nothing() =>
        Sandbox.Run(box =>
        {
            Sandbox.MakeSet(0, key: 0xbeef);
            Sandbox.MakeSet(0);

            foreach (
                var other in new[]
                {
                    "-Owner $nothing",
                    "-Owner (Get-Command)",
                    "-Owner [",
                    "-Owner $null",
                    "-Key nokey",
                    "-Key 0",
                    "-Key ($x = 5)",
                    "-Status",
                }
            )
                Assert.Equal(["0", "1"], box.CompleteText($"Get-IpcSemaphore {other} -Id "));
            Assert.DoesNotContain(box.Invoke("$x").Clean().Output, x => x is not null);
        });

    [FactNeeding(Need.Root)]
    public void Of_many_all_are_offered_and_the_first_are_judged() =>
        Sandbox.Run(box =>
        {
            for (var i = 0; i < 300; i++)
                Sandbox.MakeSet(0);

            var all = box.Complete("Get-IpcSemaphore ");
            Assert.Equal(300, all.Count);
            Assert.Equal("root, 1 semaphore", all[^1].ToolTip);
            // What was typed comes first: so the one that is meant is judged, wherever it stands.
            Assert.Equal(11, box.CompleteText("Get-IpcSemaphore 29").Count());
            Assert.StartsWith(
                "root, 1 semaphore",
                Assert.Single(box.Complete("Get-IpcSemaphore 299")).ToolTip,
                StringComparison.Ordinal
            );
        });
}
