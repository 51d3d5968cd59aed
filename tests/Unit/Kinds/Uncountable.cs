using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Tests.Kinds;

/// <summary>Objects as where there are no tables, and a filter of system calls keeps the caller from asking.</summary>
internal sealed class Uncountable(IpcKernel kernel, IpcTable of) : IpcTable(kernel)
{
    internal override string Resource => of.Resource;

    internal override string Noun => of.Noun;

    private protected override string Path => "/proc/sysvipc/none";

    private protected override string IdColumn => "id";

    private protected override IpcField[] Fields => [];

    private protected override IpcRow MakeRow(IpcHead head, ReadOnlySpan<long> fields) =>
        throw new NotSupportedException();
}
