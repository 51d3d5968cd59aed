using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests;

/// <summary>Bad arguments are clear errors, before anything is touched.</summary>
public class BadInputTests
{
    private const string BindingError = "ParameterArgumentTransformationError";

    public static TheoryData<string> BadIds =>
        ["''", "abc", "0,abc", "1.5", "$true", "' 5 '", "-1", "(-1)", "4294967297", "$null", "@()", "([char]'0')", "'8GB'", "0.0", "@(0, $null)", "'+1'", "'1e3'", "'٣'", "([DayOfWeek]::Sunday)", "@{}"];

    public static TheoryData<string> BadKeys =>
        ["0", "'0'", "'0x0'", "0x100001006", "'0x100001006'", "zz", "''", "'0x'", "'-5'", "-5L", "1.5", "$true", "$null", "@()", "1,0", "' 5 '"];

    [TheoryNeeding(Need.Root)]
    [MemberData(nameof(BadIds))]
    public void Ids(string id) => AssertRefused($"-Id {id}", "is no id");

    [TheoryNeeding(Need.Root)]
    [MemberData(nameof(BadKeys))]
    public void Keys(string key) => AssertRefused($"-Key {key}", "is no key");

    [FactNeeding(Need.Root)]
    public void Key_0_is_refused_with_the_reason() => Sandbox.Run(box =>
        Assert.Contains("IPC_PRIVATE", box.Invoke("Get-IpcSemaphore -Key 0").Failing(BindingError).ErrorText, StringComparison.Ordinal));

    [TheoryNeeding(Need.Root)]
    [InlineData("''")]
    [InlineData("$null")]
    [InlineData("@()")]
    [InlineData("root,''")]
    public void Owners(string owner) => Sandbox.Run(box =>
        Assert.True(box.Invoke($"Get-IpcSemaphore -Owner {owner}").Failing("ParameterArgumentValidationError").IsTerminated));

    [TheoryNeeding(Need.Root)]
    [InlineData("'['")]
    [InlineData("'[a'")]
    public void A_pattern_that_is_none(string owner) => Sandbox.Run(box =>
        Assert.True(box.Invoke($"Get-IpcSemaphore -Owner {owner}").Failing("IpcBadInput").IsTerminated));

    [FactNeeding(Need.Root)]
    public void An_object_given_as_an_id_is_told_what_to_give_instead() => Sandbox.Run(box =>
    {
        Sandbox.MakeSet(0);
        foreach (var command in new[] { "Remove-IpcSemaphore (Get-IpcSemaphore) -Force", "Get-IpcSemaphore -Id (Get-IpcSemaphore)" })
        {
            Assert.Contains(
                "give its property Id, or pipe the object to a cmdlet that takes it", box.Invoke(command).Failing(BindingError).ErrorText, StringComparison.Ordinal);
        }
    });

    [TheoryNeeding(Need.Root)]
    [InlineData("Get-IpcSemaphore 1e0", "[double]1 is no id")]
    [InlineData("Get-IpcSemaphore -Key 1e3", "[double]1000 is no key")]
    [InlineData("@{ Id = 3 } | Remove-IpcSemaphore", "A hashtable is no semaphore set")]
    [InlineData("Get-IpcSemaphore @{ Id = 3 }", "A hashtable is no id")]
    [InlineData("Get-IpcSemaphore 1, (2, 3)", "A list inside a list is no id")]
    public void The_error_says_what_it_was(string command, string words) => Sandbox.Run(box =>
        Assert.Contains(words, box.Invoke(command).ErrorText, StringComparison.Ordinal));

    [TheoryNeeding(Need.Root)]
    [InlineData("Remove-IpcSemaphore -InputObject @() -Force", true)]
    [InlineData(", @() | Remove-IpcSemaphore -Force", false)]
    public void A_list_of_nothing(string command, bool isTerminated) => Sandbox.Run(box =>
        Assert.Equal(isTerminated, box.Invoke(command).Failing("IpcBadInput").IsTerminated));

    // No status at all must not look like "all clean".
    [TheoryNeeding(Need.Root)]
    [InlineData("Dead")]
    [InlineData("@()")]
    [InlineData("$null")]
    public void A_status_that_does_not_exist(string status) => Sandbox.Run(box =>
        Assert.True(box.Invoke($"Get-IpcSemaphore -Status {status}").Failing("ParameterArgumentValidationError").IsTerminated));

    [TheoryNeeding(Need.Root)]
    [InlineData("Remove-IpcSemaphore")]
    [InlineData("Remove-IpcSemaphore -Force")]
    [InlineData("Remove-IpcSemaphore -WhatIf")]
    [InlineData("Remove-IpcSemaphore -Confirm")]
    public void Nothing_named_to_remove_is_no_prompt_but_a_terminating_error(string command) => Sandbox.Run(box =>
        Assert.True(box.Invoke(command).Failing("IpcBadInput").IsTerminated));

    [FactNeeding(Need.Root)]
    public void An_empty_pipeline_is_nothing_to_do() => Sandbox.Run(box =>
        Assert.Empty(box.Invoke("Get-IpcSemaphore | Remove-IpcSemaphore; @() | Remove-IpcSemaphore").Clean().Output));

    [TheoryNeeding(Need.Root)]
    [InlineData("0", "0")]
    [InlineData("'0'", "0")]
    [InlineData("'00'", "0")]
    [InlineData("0L", "0")]
    [InlineData("0d", "0")]
    [InlineData("([byte]0)", "0")]
    [InlineData("0n", "0")]
    public void What_is_a_whole_number_is_taken(string id, string expected) => Sandbox.Run(box =>
    {
        Sandbox.MakeSet(0);
        Assert.Equal(expected, $"{box.Invoke($"Get-IpcSemaphore -Id {id}").Clean().Set.Id}");
    });

    private static void AssertRefused(string argument, string word) => Sandbox.Run(box =>
    {
        var set = Sandbox.MakeSet(0);
        Assert.Equal(0, set);
        foreach (var command in new[] { $"Get-IpcSemaphore {argument}", $"Remove-IpcSemaphore {argument} -Force" })
        {
            var outcome = box.Invoke(command).Failing(BindingError);
            Assert.True(outcome.IsTerminated);
            Assert.Empty(outcome.Output);
            if (!argument.Contains("@(", StringComparison.Ordinal))
                Assert.Contains(word, outcome.ErrorText, StringComparison.Ordinal);
        }

        Assert.True(TestLibc.Exists(set));
    });
}
