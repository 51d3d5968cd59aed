using PSSysVIpc.Ipc;

namespace PSSysVIpc.Kinds;

/// <summary>All kinds of IPC objects, once: cmdlets, completion and the counting for limits find them here.</summary>
internal static class IpcKinds
{
    /// <summary>Opens each in an IPC namespace.</summary>
    internal static IReadOnlyList<Func<IpcKernel, IpcTable>> All { get; set; } =
    [
        kernel => new SemaphoreKind(kernel),
        kernel => new SharedMemoryKind(kernel),
        kernel => new MessageQueueKind(kernel),
    ];

    /// <summary>The kind whose objects cmdlets return as such.</summary>
    internal static IpcKind<TObject> Of<TObject>(IpcKernel kernel)
        where TObject : IpcObject => Open(kernel).OfType<IpcKind<TObject>>().Single();

    /// <summary>
    /// The kind that a cmdlet is about; null for another cmdlet. Its name may come with the module's in front, or with
    /// a prefix that the user gave its noun.
    /// </summary>
    internal static IpcKind? OfCmdlet(string name, IpcKernel kernel) =>
        Open(kernel)
            .OfType<IpcKind>()
            .SingleOrDefault(kind => name.EndsWith(kind.CmdletNoun, StringComparison.OrdinalIgnoreCase));

    /// <summary>The table of what limits are about.</summary>
    /// <param name="resource">One of the resources of <see cref="LimitTable"/>.</param>
    /// <param name="kernel">The IPC namespace.</param>
    internal static IpcTable OfResource(string resource, IpcKernel kernel) =>
        Open(kernel).Single(table => table.Resource == resource);

    private static IEnumerable<IpcTable> Open(IpcKernel kernel) => All.Select(open => open(kernel));
}
