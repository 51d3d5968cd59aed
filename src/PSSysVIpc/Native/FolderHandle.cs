using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>An open folder, as opendir(3) gives it.</summary>
internal sealed partial class FolderHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public FolderHandle()
        : base(ownsHandle: true) { }

    protected override bool ReleaseHandle() => closedir(handle) == 0;

    [LibraryImport("libc")]
    private static partial int closedir(nint folder);
}
