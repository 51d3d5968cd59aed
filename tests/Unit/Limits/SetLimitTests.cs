using System.Globalization;
using PSSysVIpc.Tests.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

/// <summary>Set-IpcLimit on the kernel's own limits, each test in an IPC namespace of its own.</summary>
public class SetLimitTests
{
    [FactNeeding(Need.Root)]
    public void A_limit_is_set_and_the_other_fields_stay() =>
        Sandbox.Run(box =>
        {
            SetSem("301 256001 33 302");
            box.Invoke("Set-IpcLimit SEMMNI 4000; Set-IpcLimit -Name semmsl -Value '500'").Clean();
            Assert.Equal("500 256001 33 4000", Sem);
            box.Invoke("Set-IpcLimit SHMMAX 18446744073709551615; Set-IpcLimit msgmax 8193").Clean();
            Assert.Equal("18446744073709551615", Read("shmmax"));
            Assert.Equal("8193", Read("msgmax"));
        });

    [FactNeeding(Need.Root)]
    public void Several_fields_from_the_pipeline_are_one_write_after_one_question_each() =>
        Sandbox.Run(box =>
        {
            SetSem("250 32000 32 128");
            var asked = new List<string>();
            box.Host.Answer = message =>
            {
                Assert.Equal("250 32000 32 128", Sem);
                asked.Add(message);
                return 0;
            };
            box.Invoke(
                    """
                    @(
                        [pscustomobject]@{ Name = 'SEMMNI'; Value = '512' }
                        [pscustomobject]@{ Name = 'SEMMSL'; Value = '300' }
                        [pscustomobject]@{ Name = 'SEMMNS'; Value = '64000' }
                    ) |
                        Set-IpcLimit -Confirm
                    """
                )
                .Clean();
            Assert.Equal("300 64000 32 512", Sem);
            Assert.Collection(
                asked,
                text =>
                    Assert.StartsWith(
                        "Set SEMMSL (semaphores in one set) from 250 to 300?",
                        text,
                        StringComparison.Ordinal
                    ),
                text => Assert.StartsWith("Set SEMMNS (", text, StringComparison.Ordinal),
                text =>
                    Assert.StartsWith("Set SEMMNI (semaphore sets) from 128 to 512?", text, StringComparison.Ordinal)
            );
        });

    [FactNeeding(Need.Root)]
    public void What_is_declined_stays_and_the_rest_is_set() =>
        Sandbox.Run(box =>
        {
            SetSem("250 32000 32 128");
            box.Host.Answer = message => message.Contains("SEMMNS", StringComparison.Ordinal) ? 2 : 0;
            box.Invoke("@{ SEMMNI = 512; SEMMNS = 64000 }.GetEnumerator() | Set-IpcLimit -Confirm").Clean();
            Assert.Equal("250 32000 32 512", Sem);
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("99999999", "LimitOutOfRange")]
    [InlineData("2147483648", "LimitOutOfRange")]
    [InlineData("32769", "LimitOutOfRange")]
    [InlineData("(-1)", "LimitOutOfRange")]
    [InlineData("-1", "IpcBadInput", "LimitOutOfRange")]
    [InlineData("340282366920938463463374607431768211456", "IpcBadInput", "LimitOutOfRange")]
    [InlineData("'18446744073709551616'", "LimitOutOfRange")]
    [InlineData("0", "LimitOutOfRange")]
    [InlineData("'xyz'", "IpcBadInput")]
    [InlineData("''", "IpcBadInput")]
    [InlineData("' 5 '", "IpcBadInput")]
    [InlineData("$true", "IpcBadInput")]
    [InlineData("[char]'5'", "IpcBadInput")]
    [InlineData("(1, 2)", "IpcBadInput")]
    [InlineData("1.5", "IpcBadInput")]
    [InlineData("1e17", "IpcBadInput")]
    [InlineData("'8GB'", "IpcBadInput")]
    [InlineData("'0x200'", "IpcBadInput")]
    public void A_value_that_it_cannot_have_leaves_all_four_fields_as_they_were(string value, params string[] ids) =>
        Sandbox.Run(box =>
        {
            SetSem("301 256001 33 302");
            var alone = box.Invoke($"Set-IpcLimit SEMMNI {value}");
            Assert.Contains(Assert.Single(alone.ErrorIds), ids);
            Assert.Matches("from 1 to 32768|0 is legal", alone.ErrorText);
            var piped = box.Invoke(
                $$"""
                [pscustomobject]@{ Name = 'SEMMSL'; Value = 400 }, [pscustomobject]@{ Name = 'SEMMNI'; Value = {{(
                    value == "-1" ? "'-1'" : value
                )}} },
                [pscustomobject]@{ Name = 'SEMMNS'; Value = 300000 },
                [pscustomobject]@{ Name = 'SEMOPM'; Value = 40 } | Set-IpcLimit
                """
            );
            Assert.Equal(2, piped.Errors.Count);
            Assert.Contains(piped.ErrorIds[0], ids);
            Assert.Equal("LimitNotApplied", piped.ErrorIds[1]);
            Assert.Contains(
                "SEMMSL, SEMMNS, SEMOPM: nothing was done, as SEMMNI",
                piped.ErrorText,
                StringComparison.Ordinal
            );
            Assert.Equal("301 256001 33 302", Sem);
        });

    [FactNeeding(Need.Root)]
    public void What_is_refused_of_one_sysctl_stops_all_where_errors_stop() =>
        Sandbox.Run(box =>
        {
            SetSem("301 256001 33 302");
            const string records =
                "[pscustomobject]@{ Name = 'SEMMNI'; Value = 400 }, [pscustomobject]@{ Name = 'SHMMNI'; Value = 99999 "
                + "} | Set-IpcLimit";
            Assert.True(box.Invoke(records + " -ErrorAction Stop").Failing("LimitOutOfRange").IsTerminated);
            Assert.Equal("301 256001 33 302", Sem);
            box.Invoke(records).Failing("LimitOutOfRange");
            Assert.Equal("301 256001 33 400", Sem);
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("32768.5", "'SEMMNI'", "[double]32768.5 is a number with a fraction")]
    [InlineData("'unlimited'", "'SEMMNI'", "'unlimited' is no value for SEMMNI")]
    [InlineData(
        "'1 2 3'",
        "'kernel.sem'",
        "(SEMMSL, SEMMNS, SEMOPM, SEMMNI), and '1 2 3' is not that. Nothing was set"
    )]
    [InlineData("'\u201c250 32000 100 128\u201d'", "'kernel.sem'", "is not that: take the quotation marks away.")]
    [InlineData("'250,32000,100,128'", "'kernel.sem'", "is not that: take the commas away.")]
    [InlineData(
        "'250 32000 100 128 # new'",
        "'kernel.sem'",
        "take the comment away, which is a part of the value to sysctl"
    )]
    [InlineData("'0250'", "'SEMMNI'", "'0250' begins with a zero, which makes it octal to the kernel: for SEMMNI a")]
    [InlineData("5", "''", "A record without the name of a limit")]
    [InlineData("5", "\"a`e[31mb\"", "There is no limit 'a?[31mb'.")]
    public void What_is_wrong_is_said_in_words(string value, string name, string words) =>
        Sandbox.Run(box =>
            Assert.Contains(
                words,
                box.Invoke($"[pscustomobject]@{{ Name = {name}; Value = {value} }} | Set-IpcLimit").ErrorText,
                StringComparison.Ordinal
            )
        );

    [TheoryNeeding(Need.Root)]
    [InlineData("Set-IpcLimit SEMMNI")]
    [InlineData("Set-IpcLimit -Value 5")]
    [InlineData("Set-IpcLimit")]
    [InlineData("Set-IpcLimit SEMMNI $null")]
    [InlineData("Set-IpcLimit -Value 5 -Name $null")]
    public void A_missing_value_is_an_error_and_no_prompt(string script) =>
        Sandbox.Run(box =>
        {
            Assert.True(box.Invoke(script).Failing("IpcBadInput").IsTerminated);
        });

    [FactNeeding(Need.Root)]
    public void An_empty_name_is_told_to_be_empty() =>
        Sandbox.Run(box =>
            Assert.Contains(
                "The name of the limit is empty.",
                box.Invoke("Set-IpcLimit '' 5").Failing("IpcBadInput").ErrorText,
                StringComparison.Ordinal
            )
        );

    [FactNeeding(Need.Root)]
    public void A_name_that_no_limit_has_is_an_error_that_lists_the_names() =>
        Sandbox.Run(box =>
        {
            Assert.Contains(
                "SEMMNI",
                box.Invoke("Set-IpcLimit SEMMIN 5").Failing("IpcNotFound").ErrorText,
                StringComparison.Ordinal
            );
            box.Invoke("Set-IpcLimit SEM* 5").Failing("IpcNotFound");
        });

    [FactNeeding(Need.Root)]
    public void A_value_below_use_is_refused_without_Force() =>
        Sandbox.Run(box =>
        {
            SetSem("301 256001 33 302");
            for (var i = 0; i < 3; i++)
                Sandbox.MakeSet(0, count: 10);
            Assert.Contains(
                "3 sets are in use",
                box.Invoke("Set-IpcLimit SEMMNI 2").Failing("LimitBelowUse").ErrorText,
                StringComparison.Ordinal
            );
            box.Invoke("Set-IpcLimit SEMMNS 29").Failing("LimitBelowUse");
            Assert.Equal("301 256001 33 302", Sem);
            box.Invoke("Set-IpcLimit SEMMNI 3; Set-IpcLimit SEMMNS 29 -Force").Clean();
            Assert.Equal("301 29 33 3", Sem);
        });

    [FactNeeding(Need.Root)]
    public void A_lower_value_is_warned_of() =>
        Sandbox.Run(box =>
        {
            Assert.Contains(
                "SEMMNI is to become lower: 128, where it is 32000 now",
                box.Invoke("Set-IpcLimit SEMMNI 128").Clean().Written,
                StringComparison.Ordinal
            );
            Assert.Empty(box.Invoke("Set-IpcLimit SEMMNI 129").Clean().Written);
        });

    [FactNeeding(Need.Root)]
    public void What_Get_returns_can_be_fed_back_whole() =>
        Sandbox.Run(box =>
        {
            var before = LimitField.ReadAll();
            var told = box.Invoke("Get-IpcLimit | Set-IpcLimit -Verbose -PassThru").Clean();
            Assert.Equal(10, told.Output.Count);
            Assert.Contains(
                "SEMVMX was passed over: the kernel fixes it at 32767.",
                told.Written,
                StringComparison.Ordinal
            );
            Assert.Equal(before, LimitField.ReadAll());
        });

    [FactNeeding(Need.Root)]
    public void What_the_kernel_fixes_cannot_be_set() =>
        Sandbox.Run(box =>
            Assert.Contains(
                "the kernel fixes it at 32767",
                box.Invoke("Set-IpcLimit SEMVMX 5").Failing("LimitReadOnly").ErrorText,
                StringComparison.Ordinal
            )
        );

    [FactNeeding(Need.Root)]
    public void A_negative_field_can_be_repaired_and_stays_otherwise() =>
        Sandbox.Run(box =>
        {
            SetSem("-5 256001 -7 302");
            box.Invoke("Set-IpcLimit SEMMNI 400").Clean();
            Assert.Equal("-5 256001 -7 400", Sem);
            box.Invoke("Set-IpcLimit SEMMSL 250").Clean();
            Assert.Equal("250 256001 -7 400", Sem);
        });

    [FactNeeding(Need.Root)]
    public void WhatIf_sets_nothing_and_tells_what_it_would_refuse() =>
        Sandbox.Run(box =>
        {
            SetSem("301 256001 33 302");
            Assert.Contains(
                "Setting SEMMNI (semaphore sets) from 302 to 400",
                box.Invoke("Set-IpcLimit SEMMNI 400 -WhatIf -Persist").Clean().Written,
                StringComparison.Ordinal
            );
            box.Invoke("Set-IpcLimit SEMMNI 40000 -WhatIf").Failing("LimitOutOfRange");
            Assert.Equal("301 256001 33 302", Sem);
        });

    [FactNeeding(Need.Root)]
    public void A_read_only_proc_sys_is_said_but_for_values_that_are_there_already() =>
        Sandbox.Run(box =>
        {
            TestLibc.UnshareMounts();
            TestLibc.MakeReadOnly("/proc/sys");
            var now = Read("msgmni");
            box.Invoke($"Set-IpcLimit MSGMNI {now}").Clean();
            foreach (var whatIf in new[] { "", "-WhatIf" })
                Assert.Contains(
                    "mounted read-only",
                    box.Invoke($"Set-IpcLimit MSGMNI 77 {whatIf}").Failing("LimitReadOnly").ErrorText,
                    StringComparison.Ordinal
                );
            Assert.Equal(now, Read("msgmni"));
        });

    [FactNeeding(Need.Root)]
    public void A_caller_without_the_right_is_told_so() =>
        Sandbox.Run(box =>
        {
            var before = Sem;
            foreach (var whatIf in new[] { "", "-WhatIf" })
            {
                var told = TestLibc.AsUser(
                    FreshIds.Next(),
                    FreshIds.Next(),
                    () => box.Invoke($"Set-IpcLimit SEMMNI 400 {whatIf}")
                );
                Assert.Contains(
                    "can't be set: Permission denied",
                    told.Failing("IpcAccessDenied").ErrorText,
                    StringComparison.Ordinal
                );
            }

            Assert.Equal(before, Sem);
        });

    private static string Sem => Read("sem");

    private static string Read(string name) => File.ReadAllText($"/proc/sys/kernel/{name}").Trim().Replace('\t', ' ');

    private static void SetSem(string text)
    {
        File.WriteAllText("/proc/sys/kernel/sem", text.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(text, Sem);
    }
}
