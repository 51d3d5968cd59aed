using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Processes;

namespace PSSysVIpc.Tests.Status;

/// <summary>
/// Four times the sets beside four times the processes: what the verdicts cost must grow with the sum of both, not with
/// their product nor with the square of either. Each kind of set is one that makes some rule work hard.
/// </summary>
public sealed class CostTests(CostTests.Crowds crowds) : IClassFixture<CostTests.Crowds>
{
    // Ids that nobody has, beyond those that tests give to processes.
    private const uint Nobody = 1_700_000_000;
    private const int OpenToGroup = 0x1B0;

    // Long enough for what is no longer recent. What is older than the machine's start could be of any time since.
    private static readonly long s_made = Now - 20;

    // No field: a class with one of a type of the module can't be found before that is loaded.
    private static IpcHead Head => new(0, Key: 0, Mode: 0x180, Nobody, Nobody, Nobody, Nobody, ChangeTime: s_made);

    [Fact]
    public void The_age_of_every_family_in_one_chain() =>
        Growth.AssertLinear(Families(crowds.Chain.Less), Families(crowds.Chain.More));

    [Fact]
    public void Keyed_sets_of_a_user_with_many_processes() =>
        AssertLinear(
            crowds.Children,
            "Stale",
            (crowd, number) => Left(Head with { Key = (uint)number + 1, OwnerId = crowd.User })
        );

    [Fact]
    public void Keyless_sets_of_any_age_of_a_user_with_daemons_of_any_age() =>
        AssertLinear(
            crowds.Daemons,
            "Stale",
            (crowd, number) =>
                Left(Head with { OwnerId = crowd.User, ChangeTime = s_made - number % crowd.Members.Count })
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sets_with_an_owner_each_that_are_open_to_one_group_of_many_processes(bool inOneChain) =>
        AssertLinear(
            crowds.Of(inOneChain),
            "Stale",
            (crowd, number) =>
                Left(Head with { Key = 1, Mode = OpenToGroup, OwnerId = Nobody + (uint)number, GroupId = crowd.Group })
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sets_with_an_owner_each_that_one_user_of_many_processes_made(bool inOneChain) =>
        AssertLinear(
            crowds.Of(inOneChain),
            "Stale",
            (crowd, number) =>
                Left(
                    Head with
                    {
                        Key = 1,
                        Mode = OpenToGroup,
                        OwnerId = Nobody + (uint)number,
                        CreatorId = crowd.User,
                        CreatorGroupId = crowd.Group,
                    }
                )
        );

    [Fact]
    public void Sets_whose_last_operators_live() =>
        AssertLinear(crowds.Children, "InUse", (crowd, number) => Left(Head, Now, crowd.MemberId(number)));

    [Fact]
    public void Sets_whose_last_operators_numbers_belong_to_others_that_may_not_open_them() =>
        AssertLinear(crowds.Heirs, "Orphaned", (crowd, number) => Left(Head, crowd.MemberId(number)));

    [Fact]
    public void Sets_whose_last_operators_numbers_belong_to_others_that_may_open_them() =>
        AssertLinear(
            crowds.Heirs,
            "Stale",
            (crowd, number) => Left(Head with { Mode = OpenToGroup, GroupId = crowd.Group }, crowd.MemberId(number))
        );

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static void AssertLinear(
        (Population Less, Population More) crowds,
        string status,
        Func<Population, int, SemaphoreFacts> facts
    ) => Growth.AssertLinear(crowds.Less.Judge(facts, status), crowds.More.Judge(facts, status));

    private static SemaphoreFacts Left(IpcHead head, params int[] lastProcesses) => Left(head, s_made, lastProcesses);

    private static SemaphoreFacts Left(IpcHead head, long used, params int[] lastProcesses) =>
        new(new SemaphoreRow(head, 1, used), Array.ConvertAll(lastProcesses, id => new SemaphoreState(0, id, 0, 0)));

    private static IEnumerable<ProcessFamily> Families(Population crowd)
    {
        // Of many tables, as one alone takes less than a millisecond.
        for (var i = 0; i < 20; i++)
        {
            var table = crowd.Table();
            foreach (var process in table.All)
                yield return table.FamilyOf(process);
        }
    }

    /// <summary>Crowds of which only the records are judged.</summary>
    public sealed class Crowds
    {
        private readonly Lazy<(Population Less, Population More)> _children = new(() => Population.MakeUp(_ => 0));
        private readonly Lazy<(Population Less, Population More)> _chain = new(() =>
            Population.MakeUp(number => number - 1)
        );

        internal (Population Less, Population More) Children => _children.Value;

        internal (Population Less, Population More) Chain => _chain.Value;

        /// <summary>Every process a family of its own, each a second older than the one before.</summary>
        internal (Population Less, Population More) Daemons => (AsDaemons(Children.Less), AsDaemons(Children.More));

        /// <summary>Every process began long after the sets were used.</summary>
        internal (Population Less, Population More) Heirs => (AsHeirs(Children.Less), AsHeirs(Children.More));

        internal (Population Less, Population More) Of(bool inOneChain) => inOneChain ? Chain : Children;

        private static Population AsDaemons(Population crowd)
        {
            var start = s_made;
            return crowd.With(process => process with { ParentId = 1, SessionId = process.Id, StartTime = start-- });
        }

        private static Population AsHeirs(Population crowd) =>
            crowd.With(process => process with { StartTime = s_made + 1_000 });
    }
}
