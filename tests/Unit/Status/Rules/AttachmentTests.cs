using PSSysVIpc.Processes;
using PSSysVIpc.Status;
using PSSysVIpc.Tests.Scenes;
using static PSSysVIpc.Tests.Scenes.Scene;

namespace PSSysVIpc.Tests.Status.Rules;

/// <summary>
/// Who is attached to a segment: ids and keys are the same in other IPC namespaces, and the kernel doesn't say of which
/// one a mapping is.
/// </summary>
public class AttachmentTests
{
    private const long Made = Now - 3_600;
    private static readonly ProcessScene s_here = Process(5);
    private static readonly ProcessScene s_elsewhere = Process(6).InOtherNamespace();

    [Fact]
    public void Those_found_are_named_with_their_counts_by_their_numbers()
    {
        var other = Process(4);
        var found = Of(Segment().Attached(3), Mapping(s_here, "1-2"), Mapping(other, "1-2"), Mapping(s_here, "2-3"));

        Assert.Equal([(4, 1), (5, 2)], found.Processes.Select(one => (one.Process.Id, one.Count)));
        Assert.Equal(0, found.Unseen);
    }

    [Fact]
    public void The_kernel_counts_those_who_are_not_seen()
    {
        Assert.Equal(2, Of(Segment().Attached(3), Mapping(s_here)).Unseen);
        Expect.InUse(
            Segment().Attached(3),
            Host(s_here).WithMappings(Mapping(s_here)),
            "it is attached 3 times, by p5 (5, ",
            "; 2 of 3 attachments are by processes that can't be seen"
        );
        Expect.InUse(Segment().Attached(1), Host().WithMappings(), "it is attached once, by nobody who can be seen ");
    }

    [Fact]
    public void The_memory_of_a_parent_is_counted_once()
    {
        var child = Process(8).ChildOf(5);
        var found = Of(Segment().Attached(2), Mapping(s_here), Mapping(child) with { IsShared = true });

        Assert.Equal([5, 8], found.Processes.Select(one => one.Process.Id));
        Assert.Equal(1, found.Unseen);
    }

    [Fact]
    public void Another_key_is_another_segment() =>
        Assert.Empty(Of(Segment().WithKey(0x77).Attached(1), Mapping(s_here)).Processes);

    [Fact]
    public void One_that_is_marked_for_removal_has_lost_its_key() =>
        Assert.Single(Of(Segment().MarkedForRemoval().Attached(1), Mapping(s_here) with { Key = 0x77 }).Processes);

    [Theory]
    [InlineData(Made)]
    [InlineData(Made - 1)]
    public void Who_has_left_the_namespace_and_has_what_was_made_just_then_is_attached_still(long birth) =>
        Assert.Single(Of(birth, Segment().Attached(1), Mapping(s_elsewhere)).Processes);

    [Theory]
    [InlineData(Made - 2L)]
    [InlineData(Made + 1L)]
    [InlineData(null)]
    public void Who_is_elsewhere_with_what_was_made_at_another_time_or_nobody_knows_when_is_not(long? birth) =>
        Assert.Empty(Of(birth, Segment().Attached(1), Mapping(s_elsewhere)).Processes);

    [Fact]
    public void Where_more_are_found_than_the_kernel_counts_those_elsewhere_have_another() =>
        Assert.Equal(
            [5],
            Of(Segment().Attached(1), Mapping(s_here), Mapping(s_elsewhere)).Processes.Select(one => one.Process.Id)
        );

    // Fewer than the kernel counts, so that it is looked at closely.
    [Theory]
    [InlineData(null, 1)]
    [InlineData(Made - 100L, 1)]
    [InlineData(Made + 1L, 0)]
    public void Who_is_here_has_it_unless_it_was_made_later_than_this_was_changed(long? birth, int count) =>
        Assert.Equal(count, Of(birth, Segment().Attached(2), Mapping(s_here)).Processes.Count);

    [Fact]
    public void Nobody_who_did_not_ask_is_told()
    {
        Assert.Null(Judge(Segment().Attached(1), Host(s_here)).Attachments);
        Assert.Empty(Judge(Segment(), Host(s_here).WithMappings()).Attachments!.Processes);
    }

    private static Attachments Of(SegmentScene segment, params SegmentMapping[] mappings) =>
        Of(Made, segment, mappings);

    private static Attachments Of(long? birth, SegmentScene segment, params SegmentMapping[] mappings) =>
        Judge(
            segment,
            Host([.. mappings.Select(mapping => mapping.Process).Distinct().Select(Scened)])
                .WithMappings(birth, mappings)
        ).Attachments!;

    private static ProcessScene Scened(ProcessRecord process) =>
        new[] { s_here, s_elsewhere }.FirstOrDefault(scene => scene.Record == process) ?? new ProcessScene(process);

    private static SegmentMapping Mapping(ProcessScene process, string range = "1-2") =>
        new(7, 0, process.Record, range);
}
