using System.Globalization;
using PSSysVIpc.Tests.Apache;
using PSSysVIpc.Tests.Boot;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Limits;

public class GetLimitTests
{
    private static readonly string[] s_all =
    [
        "SEMMSL",
        "SEMMNS",
        "SEMOPM",
        "SEMMNI",
        "SEMVMX",
        "SHMMAX",
        "SHMALL",
        "SHMMNI",
        "SHMMIN",
        "MSGMAX",
        "MSGMNB",
        "MSGMNI",
    ];

    [FactNeeding(Need.Root)]
    public void All_limits_come_in_their_order_with_the_kernels_values() =>
        Sandbox.Run(box =>
        {
            LimitBox.Set("kernel.sem", "251 32002 33 34");
            LimitBox.Set("kernel.msgmax", "35");

            var outcome = box.Invoke("Get-IpcLimit").Clean();

            Assert.Equal(s_all, outcome.Names());
            var kernels = LimitField.ReadAll();
            Assert.Equal(
                LimitField.All.Select(field => kernels[field]),
                outcome
                    .Limits()
                    .Where(limit => limit.Sysctl is not null)
                    .Select(limit => limit.Value.ToString(CultureInfo.InvariantCulture))
            );
            Assert.Equal(
                LimitField.All.Select(field => field.Sysctl),
                outcome.Limits().Select(limit => limit.Sysctl).OfType<string>()
            );
            Assert.Equal(
                [32767ul, 1ul],
                outcome.Limits().Where(limit => limit.Sysctl is null).Select(limit => limit.Value)
            );
            Assert.All(outcome.Limits(), limit => Assert.NotEmpty(limit.Description));
            Assert.Equal("SEMMSL", outcome.Limits()[0].ToString());
        });

    [FactNeeding(Need.Root)]
    public void Use_is_counted_as_the_kernel_counts_it() =>
        Sandbox.Run(box =>
        {
            var page = (ulong)Environment.SystemPageSize;
            Sandbox.MakeSet(0, count: 3);
            Sandbox.MakeSet(FreshIds.Next(), count: 4);
            foreach (var size in new[] { 1ul, 1ul, 1ul, page, page + 1 })
                TestLibc.MakeSegment(size);
            TestLibc.MakeQueue();

            var limits = box.Invoke("Get-IpcLimit").Clean().Limits();

            var used = limits
                .Where(limit => limit.Used is not null)
                .ToDictionary(limit => limit.Name, limit => limit.Used!.Value);
            Assert.Equal(
                new Dictionary<string, ulong>
                {
                    ["SEMMNI"] = 2,
                    ["SEMMNS"] = 7,
                    ["SHMMNI"] = 5,
                    ["SHMALL"] = 6,
                    ["MSGMNI"] = 1,
                }.OrderBy(pair => pair.Key),
                used.OrderBy(pair => pair.Key)
            );
            foreach (var limit in limits)
            {
                Assert.Equal(limit.Value - limit.Used, limit.Available);
                Assert.Equal(limit.Used * 100.0 / limit.Value, limit.UsedPercent);
                Assert.Equal("Ok", limit.Status);
            }
        });

    [TheoryNeeding(Need.Root)]
    [InlineData(10, 0, 0.0, "Ok")]
    [InlineData(10, 7, 70.0, "Ok")]
    [InlineData(5, 4, 80.0, "Warning")]
    [InlineData(7, 6, 600.0 / 7, "Warning")]
    [InlineData(6, 6, 100.0, "Exhausted")]
    [InlineData(4, 5, 125.0, "Exhausted")]
    [InlineData(0, 2, null, "Exhausted")]
    [InlineData(0, 0, null, "Exhausted")]
    public void The_status_says_how_full_it_is(int limit, int sets, double? percent, string status) =>
        Sandbox.Run(box =>
        {
            for (var i = 0; i < sets; i++)
                Sandbox.MakeSet(0);
            LimitBox.SetSemmni(limit);

            var read = box.Limit("SEMMNI");

            Assert.Equal(((ulong)limit, (ulong)sets), (read.Value, read.Used!.Value));
            Assert.Equal((ulong)Math.Max(0, limit - sets), read.Available);
            Assert.Equal(percent, read.UsedPercent);
            Assert.Equal(status, read.Status);
        });

    [FactNeeding(Need.Root)]
    public void The_kernels_default_for_memory_is_no_limit_and_one_less_is_one() =>
        Sandbox.Run(box =>
        {
            Assert.Equal(["SHMMAX", "SHMALL"], box.Invoke("Get-IpcLimit | Where-Object IsUnlimited").Clean().Names());
            Assert.Equal(18446744073692774399, box.Limit("SHMALL").Value);

            LimitBox.Set("kernel.shmmax", "18446744073709551615");
            LimitBox.Set("kernel.shmall", "18446744073692774398");
            Assert.Equal(["SHMMAX"], box.Invoke("Get-IpcLimit | Where-Object IsUnlimited").Clean().Names());
        });

    [FactNeeding(Need.Root)]
    public void Segments_as_large_as_any_user_can_make_them_are_counted() =>
        Sandbox.Run(box =>
        {
            const ulong largest = 9223372036854771712;
            TestLibc.MakeSegment(largest);
            TestLibc.MakeSegment(largest);

            Assert.Equal(2 * (largest / (ulong)Environment.SystemPageSize), box.Limit("SHMALL").Used);
        });

    [FactNeeding(Need.Root)]
    public void A_negative_value_is_an_error_for_its_limit_alone() =>
        Sandbox.Run(box =>
        {
            LimitBox.Set("kernel.sem", "250 -5");

            var outcome = box.Invoke("Get-IpcLimit").Failing("IpcBadData");

            Assert.False(outcome.IsTerminated);
            Assert.Equal("SEMMNS", outcome.Errors[0].TargetObject);
            Assert.Contains("-5", outcome.ErrorText, StringComparison.Ordinal);
            Assert.Equal(s_all.Where(name => name != "SEMMNS"), outcome.Names());
        });

    [TheoryNeeding(Need.Root)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("9223372036854775808")]
    [InlineData("18446744073709551617")]
    public void A_table_that_cannot_be_read_is_an_error_for_what_is_counted_from_it_alone(string size) =>
        Sandbox.Run(box =>
        {
            var table = $"shmid size key perms uid gid cuid cgid ctime\n1 {size} 0 600 0 0 0 0 0\n";
            using var folder = new TempFolder();
            TestLibc.UnshareMounts();
            TestLibc.BindMount(folder.AddFile("shm", size.Length == 0 ? "" : table), "/proc/sysvipc/shm");

            var outcome = box.Invoke("Get-IpcLimit").Failing("IpcBadData", "IpcBadData");

            Assert.False(outcome.IsTerminated);
            Assert.StartsWith("/proc/sysvipc/shm can't be read", outcome.ErrorText, StringComparison.Ordinal);
            Assert.Equal(s_all.Except(["SHMALL", "SHMMNI"]), outcome.Names());
        });

    [FactNeeding(Need.Root)]
    public void A_row_that_is_listed_twice_counts_once() =>
        Sandbox.Run(box =>
        {
            using var folder = new TempFolder();
            TestLibc.UnshareMounts();
            TestLibc.BindMount(folder.AddFile("shm", Table("8192 1", "4096 2", "8192 1")), "/proc/sysvipc/shm");

            Assert.Equal((3ul, 2ul), (box.Limit("SHMALL").Used!.Value, box.Limit("SHMMNI").Used!.Value));

            static string Table(params string[] rows) =>
                "size shmid key perms cpid lpid nattch uid gid cuid cgid atime dtime ctime rss swap\n"
                + string.Concat(rows.Select(row => $"{row} 0 600 0 0 0 0 0 0 0 0 0 0 0 0\n"));
        });

    [FactNeeding(Need.Root)]
    public void Read_only_is_what_nobody_can_change_and_not_what_the_caller_may_not() =>
        Sandbox.Run(box =>
        {
            const string readOnly = "Get-IpcLimit | Where-Object IsReadOnly";
            string[] fixedOnes = ["SEMVMX", "SHMMIN"];
            Assert.Equal(fixedOnes, box.Invoke(readOnly).Clean().Names());
            var user = FreshIds.Next();
            Assert.Equal(fixedOnes, TestLibc.AsUser(user, user, () => box.Invoke(readOnly)).Clean().Names());

            TestLibc.UnshareMounts();
            TestLibc.MakeReadOnly("/proc/sys");
            Assert.Equal(s_all, box.Invoke(readOnly).Clean().Names());
        });

    [FactNeeding(Need.Root)]
    public void Names_are_taken_in_any_case_and_with_wildcards_and_each_limit_comes_once() =>
        Sandbox.Run(box =>
        {
            Assert.Equal(["SEMMNI"], box.Invoke("Get-IpcLimit semmni").Clean().Names());
            Assert.Equal(["SEMMNI", "SHMMNI", "MSGMNI"], box.Invoke("Get-IpcLimit *mni").Clean().Names());
            Assert.Equal(
                ["SEMMSL", "SHMMIN", "MSGMAX"],
                box.Invoke("Get-IpcLimit -Name MSGMAX, shmmin, Semmsl, MSGMA[xy], shmmin").Clean().Names()
            );
            Assert.Empty(box.Invoke("Get-IpcLimit no*").Clean().Output);
        });

    [FactNeeding(Need.Root)]
    public void Arguments_are_checked_whole() =>
        Sandbox.Run(box =>
        {
            Assert.Empty(box.Invoke("Get-IpcLimit SEMMNI, '['").Failing("IpcBadInput").Output);
            foreach (var argument in new[] { "''", "$null", "@()", "SEMMNI -Resource Sem", "-Resource @()" })
                Assert.Empty(box.Invoke($"Get-IpcLimit {argument}").Failing("ParameterArgumentValidationError").Output);
        });

    [FactNeeding(Need.Root)]
    public void No_record_can_be_cast_into_a_limit() =>
        Sandbox.Run(box => Assert.NotEmpty(box.Invoke("[PSSysVIpc.IpcLimit] @{ Name = 'SEMMNI'; Value = 1 }").Errors));
}
