using System.Management.Automation;

namespace PSSysVIpc;

/// <summary>
/// The base of every error this module raises. Each error id has one type of its own, so that a script can
/// catch by type or test <c>FullyQualifiedErrorId</c>; both stay the same for the life of the module.
/// </summary>
public abstract class IpcException : Exception
{
    private readonly string _errorId;
    private readonly ErrorCategory _category;

    private protected IpcException(string errorId, ErrorCategory category, string message, object? target)
        : base(message)
    {
        _errorId = errorId;
        _category = category;
        Target = target;
    }

    /// <summary>
    /// What the error is about: an object of this module, an id, or the value that was given. Null where there is none.
    /// </summary>
    public object? Target { get; }

    internal ErrorRecord ToErrorRecord() => new(this, _errorId, _category, Target);
}

/// <summary>No such object: it never existed in this IPC namespace, or somebody has removed it.</summary>
public sealed class IpcNotFoundException : IpcException
{
    internal IpcNotFoundException(string message, object? target)
        : base("IpcNotFound", ErrorCategory.ObjectNotFound, message, target) { }
}

/// <summary>The object is in use and was left alone.</summary>
public sealed class IpcInUseException : IpcException
{
    internal IpcInUseException(string message, object? target)
        : base("IpcInUse", ErrorCategory.ResourceBusy, message, target) { }
}

/// <summary>The object may be in use (Stale or Unknown) and was left alone.</summary>
public sealed class IpcMayBeInUseException : IpcException
{
    internal IpcMayBeInUseException(string message, object? target)
        : base("IpcMayBeInUse", ErrorCategory.ResourceBusy, message, target) { }
}

/// <summary>The object is not, or no longer, what was read, and was left alone.</summary>
public sealed class IpcChangedException : IpcException
{
    internal IpcChangedException(string message, object? target)
        : base("IpcChanged", ErrorCategory.InvalidOperation, message, target) { }
}

/// <summary>An argument or a piped record does not name an object of this kind.</summary>
public sealed class IpcBadInputException : IpcException
{
    internal IpcBadInputException(string message, object? target)
        : base("IpcBadInput", ErrorCategory.InvalidArgument, message, target) { }
}

/// <summary>The kernel refused the call for lack of rights.</summary>
public sealed class IpcAccessDeniedException : IpcException
{
    internal IpcAccessDeniedException(string message, object? target)
        : base("IpcAccessDenied", ErrorCategory.PermissionDenied, message, target) { }
}

/// <summary>A user that is no account of this machine and owns nothing.</summary>
public sealed class IpcUnknownUserException : IpcException
{
    internal IpcUnknownUserException(string message, object? target)
        : base("IpcUnknownUser", ErrorCategory.ObjectNotFound, message, target) { }
}

/// <summary>This machine, or this view of it, offers no System V IPC.</summary>
public sealed class IpcUnavailableException : IpcException
{
    internal IpcUnavailableException(string message, object? target = null)
        : base("IpcUnavailable", ErrorCategory.ResourceUnavailable, message, target) { }
}

/// <summary>A kernel table says something this module can't read. Nothing is guessed from it.</summary>
public sealed class IpcBadDataException : IpcException
{
    internal IpcBadDataException(string message, object? target)
        : base("IpcBadData", ErrorCategory.InvalidData, message, target) { }
}

/// <summary>A value that the limit can't have, or must not without -Force. Nothing was changed.</summary>
public sealed class LimitOutOfRangeException : IpcException
{
    internal LimitOutOfRangeException(string message, object? target)
        : base("LimitOutOfRange", ErrorCategory.InvalidArgument, message, target) { }
}

/// <summary>A value below what is in use now. Nothing was changed.</summary>
public sealed class LimitBelowUseException : IpcException
{
    internal LimitBelowUseException(string message, object? target)
        : base("LimitBelowUse", ErrorCategory.InvalidOperation, message, target) { }
}

/// <summary>A limit that can't be changed: the kernel fixes it, or /proc/sys is mounted read-only.</summary>
public sealed class LimitReadOnlyException : IpcException
{
    internal LimitReadOnlyException(string message, object? target)
        : base("LimitReadOnly", ErrorCategory.InvalidOperation, message, target) { }
}

/// <summary>
/// The kernel did not take the value whole, or another writer came between. The message says what the kernel holds now.
/// </summary>
public sealed class LimitNotAppliedException : IpcException
{
    internal LimitNotAppliedException(string message, object? target)
        : base("LimitNotApplied", ErrorCategory.InvalidResult, message, target) { }
}

/// <summary>The settings for the next boot could not be written. The running values are not touched by this.</summary>
public sealed class PersistFailedException : IpcException
{
    internal PersistFailedException(string message, object? target)
        : base("PersistFailed", ErrorCategory.WriteError, message, target) { }
}
