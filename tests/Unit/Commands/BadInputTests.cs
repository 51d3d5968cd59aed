using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Commands;

/// <summary>Bad arguments are clear errors, before anything is touched.</summary>
public class BadInputTests
{
    private const string BindingError = "ParameterArgumentTransformationError";

    [TheoryNeeding(Need.Root)]
    [InlineData("'['")]
    [InlineData("'[a'")]
    public void A_pattern_that_is_none(string owner) =>
        Sandbox.Run(box =>
            Assert.True(box.Invoke($"Get-IpcSemaphore -Owner {owner}").Failing("IpcBadInput").IsTerminated)
        );

    [FactNeeding(Need.Root)]
    public void An_object_given_as_an_id_is_told_what_to_give_instead() =>
        Sandbox.Run(box =>
        {
            Sandbox.MakeSet(0);
            foreach (
                var command in new[]
                {
                    "Remove-IpcSemaphore (Get-IpcSemaphore) -Force",
                    "Get-IpcSemaphore -Id (Get-IpcSemaphore)",
                }
            )
            {
                Assert.Contains(
                    "give its property Id, or pipe the object to a cmdlet that takes it",
                    box.Invoke(command).Failing(BindingError).ErrorText,
                    StringComparison.Ordinal
                );
            }
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("Get-IpcSemaphore 1.5", "[double]1.5 is no id")]
    [InlineData("Get-IpcSemaphore -Key 1e17", "[double]1E+17 is no key")]
    [InlineData("@{ Id = 3 } | Remove-IpcSemaphore", "A hashtable is no semaphore set")]
    [InlineData("Get-IpcSemaphore @{ Id = 3 }", "A hashtable is no id")]
    [InlineData("Get-IpcSemaphore 1, (2, 3)", "A list inside a list is no id")]
    public void The_error_says_what_it_was(string command, string words) =>
        Sandbox.Run(box => Assert.Contains(words, box.Invoke(command).ErrorText, StringComparison.Ordinal));

    [TheoryNeeding(Need.Root)]
    [InlineData("Remove-IpcSemaphore -InputObject @() -Force", true)]
    [InlineData(", @() | Remove-IpcSemaphore -Force", false)]
    public void A_list_of_nothing(string command, bool isTerminated) =>
        Sandbox.Run(box => Assert.Equal(isTerminated, box.Invoke(command).Failing("IpcBadInput").IsTerminated));

    [TheoryNeeding(Need.Root)]
    [InlineData("0", "0")]
    [InlineData("'0'", "0")]
    [InlineData("'00'", "0")]
    [InlineData("0L", "0")]
    [InlineData("0d", "0")]
    [InlineData("([byte]0)", "0")]
    [InlineData("0n", "0")]
    public void What_is_a_whole_number_is_taken(string id, string expected) =>
        Sandbox.Run(box =>
        {
            Sandbox.MakeSet(0);
            Assert.Equal(expected, $"{box.Invoke($"Get-IpcSemaphore -Id {id}").Clean().Set.Id}");
        });
}
