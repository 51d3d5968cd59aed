using System.Management.Automation;
using System.Runtime.InteropServices;
using PSSysVIpc.Accounts;
using PSSysVIpc.Commands;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;
using PSSysVIpc.Native;
using PSSysVIpc.Status;

namespace PSSysVIpc.Tests.Kinds;

/// <summary>
/// A kind of object that no kernel has, with a table in a file of the test's: things, each with a weight, and a number
/// of processes that hold it.
/// </summary>
/// <param name="kernel">The IPC namespace that they are said to be in.</param>
/// <param name="path">The table.</param>
internal sealed class ThingKind(IpcKernel kernel, string path) : IpcKind<Thing>(kernel)
{
    private static readonly IpcField[] s_fields =
    [
        new(new("weight", 0, long.MaxValue), new(X64: 48, Arm64: 48)),
        new(new("holders", 0, int.MaxValue), new(X64: 56, Arm64: 56)),
    ];

    internal override string Resource => "Thing";

    internal override string Noun => "thing";

    internal override string CmdletNoun => "IpcThing";

    internal override string[] IdentityProperties => [nameof(Thing.Weight)];

    internal override string[] ActivityProperties => [];

    private protected override string Path => path;

    private protected override string IdColumn => "thingid";

    private protected override IpcField[] Fields => s_fields;

    private protected override StatOffset ChangeTime => new(X64: 64, Arm64: 64);

    internal override string Extent(IpcRow row) => $"{row.Size} grams";

    internal override Thing Describe(IpcFacts facts, in Verdict verdict, AccountNames names) =>
        new(Common(facts, verdict, names), facts.Row.Size);

    private protected override IpcRow MakeRow(IpcHead head, ReadOnlySpan<long> fields) =>
        new Row(head, (ulong)fields[0], (int)fields[1]);

    private protected override IpcFacts? Ask(IpcRow row) => new Facts(row);

    /// <summary>What is at each place of the kernel's array: an id, or an errno as a negative number.</summary>
    internal IReadOnlyList<int> Places { get; init; } = [];

    /// <summary>How many the kernel says there are, each time that it is asked, and then as the last time.</summary>
    internal Queue<int> Counts { get; init; } = new([0]);

    /// <summary>How many places were looked at.</summary>
    internal int Looks { get; private set; }

    // Where the test says nothing it is an old kernel: there is no such command.
    internal override int HighestIndex(out int count)
    {
        count = Counts.Count > 1 ? Counts.Dequeue() : Counts.Peek();
        return Places.Count > 0 ? Places.Count - 1 : Fail(Errno.EINVAL);
    }

    internal override int StatAny(int index, Span<byte> buffer)
    {
        Looks++;
        return Places[index] >= 0 ? Places[index] : Fail(-Places[index]);
    }

    // Nobody may ask about single ones: they are looked up in the table.
    private protected override int Stat(int id, Span<byte> buffer) => Fail(Errno.EACCES);

    private protected override int Remove(int id)
    {
        string[] lines = File.ReadAllLines(path);
        string[] left = [.. lines.Where(line => line.Split(' ')[1] != $"{id}")];
        File.WriteAllLines(path, left);
        return left.Length < lines.Length ? 0 : Fail(Errno.EINVAL);
    }

    private static int Fail(int errno)
    {
        Marshal.SetLastPInvokeError(errno);
        return -1;
    }

    private sealed record Row(IpcHead Head, ulong Weight, int Holders) : IpcRow(Head)
    {
        internal override ulong Size => Weight;
    }

    private sealed record Facts(IpcRow Row) : IpcFacts(Row)
    {
        internal override string Noun => "thing";

        internal override IpcCalls Calls => IpcCalls.MessageQueue;

        internal override long LastUse => 0;

        internal override bool IsReadable => true;

        internal override int? WaitingCount => ((Row)Row).Holders;

        internal override RecordedProcess[] RecordedProcesses => [];

        internal override bool IsUsedFromElsewhere => false;

        internal override bool IsOfOneMoment => WaitingCount == 0;

        internal override string Unusedness => "nobody has held it";
    }
}

/// <summary>What Get-IpcThing returns.</summary>
internal sealed class Thing : IpcObject
{
    internal Thing(in CommonValues common, ulong weight)
        : base(common) => Weight = weight;

    public override int Id => Common.Id;
    public override uint Key => Common.Key;
    public override string KeyText => Wording.Key(Key);
    public override string Owner => Common.Rights.Owner;
    public override uint OwnerId => Common.Rights.OwnerId;
    public override string Group => Common.Rights.Group;
    public override uint GroupId => Common.Rights.GroupId;
    public override string Creator => Common.Rights.Creator;
    public override uint CreatorId => Common.Rights.CreatorId;
    public override string CreatorGroup => Common.Rights.CreatorGroup;
    public override uint CreatorGroupId => Common.Rights.CreatorGroupId;
    public override string Mode => Common.Rights.Mode;
    public override string Permissions => Common.Rights.Permissions;
    public override DateTime ChangeTime => Common.ChangeTime;
    public override DateTime LastUsedTime => Common.LastUsedTime;
    public override string Status => Common.Why.Status;
    public override string StatusReason => Common.Why.Text;
    public override ulong NamespaceId => Common.Origin.NamespaceId;
    public override Guid BootId => Common.Origin.BootId;
    public ulong Weight { get; }

    internal override string Extent => $"{Weight} grams";

    internal override bool HasSameContent(IpcObject other) => other is Thing thing && thing.Weight == Weight;
}

[Cmdlet(VerbsCommon.Get, "IpcThing")]
internal sealed class GetIpcThingCommand : GetIpcObjectCommand<Thing>;

[Cmdlet(VerbsCommon.Remove, "IpcThing", SupportsShouldProcess = true, DefaultParameterSetName = InputObjectSet)]
internal sealed class RemoveIpcThingCommand : RemoveIpcObjectCommand<Thing>;
