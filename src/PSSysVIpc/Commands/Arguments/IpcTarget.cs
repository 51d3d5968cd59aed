using System.Management.Automation;

namespace PSSysVIpc.Commands;

/// <summary>One thing to remove: an id, and what is known of the object that was meant.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Known">The object or record it was named by; null when only its id was given.</param>
internal sealed record IpcTarget(int Id, PSObject? Known);

/// <summary>Finds out what was piped or given as -InputObject.</summary>
/// <param name="noun">What an object of this kind is called.</param>
/// <param name="getter">The cmdlet such objects come from, for errors.</param>
/// <param name="identity">What tells one from another.</param>
/// <typeparam name="TObject">The kind of object.</typeparam>
internal sealed class TargetResolver<TObject>(string noun, string getter, IpcIdentity identity)
    where TObject : IpcObject
{
    /// <param name="input">A live object, an id, or a record.</param>
    /// <exception cref="IpcBadInputException">It names no object of this kind.</exception>
    /// <exception cref="IpcChangedException">It comes from elsewhere and doesn't say from where.</exception>
    internal IpcTarget Resolve(PSObject? input)
    {
        if (input?.BaseObject is TObject live)
            return new(live.Id, input);
        if (input?.BaseObject is PSCustomObject)
            return FromRecord(input);
        if (WholeNumber.TryRead(input) is null)
        {
            throw new IpcBadInputException(
                $"{WholeNumber.Show(input)} is no {noun}, and no id of one. Pipe what {getter} returns, or ids.",
                input?.BaseObject
            );
        }

        return new(ReadId(input, input), null);
    }

    private IpcTarget FromRecord(PSObject record)
    {
        var type = TravelMarks.Strip(record.TypeNames.FirstOrDefault() ?? "", out var hasTravelled);
        if (type != typeof(TObject).FullName && type != typeof(PSCustomObject).FullName)
        {
            throw new IpcBadInputException(
                $"A record of the type {type} is no {noun}. Pipe what {getter} returns, or ids.",
                record
            );
        }

        CheckKind(record);
        if (record.Properties[nameof(IpcObject.Id)] is not { } id)
            throw new IpcBadInputException(
                $"A record without an Id names no {noun}. Pipe what {getter} returns, or ids.",
                record
            );
        var target = new IpcTarget(ReadId(IpcIdentity.ValueOf(id, record), record), record);
        if (record.Properties.Skip(1).Any() && !identity.IsCarriedBy(record))
        {
            throw new IpcBadInputException(
                $"This record has an Id and other facts, but none that tells a {noun} from something else, such as a "
                    + "process. "
                    + $"Pipe what {getter} returns, or the id alone.",
                record
            );
        }

        if (hasTravelled && record.Properties[nameof(IpcObject.BootId)] is null)
        {
            throw new IpcChangedException(
                $"This record of {noun} {target.Id} comes from another session and doesn't say from which boot of "
                    + "which machine "
                    + $"(BootId). Nothing was removed. Read it again here with {getter}.",
                record
            );
        }

        return target;
    }

    // A row of a CSV file doesn't say what it is of.
    private void CheckKind(PSObject record)
    {
        if (OtherKinds.PropertyIn(record, typeof(TObject)) is { } foreign)
        {
            throw new IpcBadInputException(
                $"This is a record of another kind of object: it has {foreign}, which no {noun} has. "
                    + $"Pipe what {getter} returns, or ids.",
                record
            );
        }
    }

    private int ReadId(object? value, object? target)
    {
        try
        {
            return WholeNumber.ReadId(value);
        }
        catch (FormatException e)
        {
            throw new IpcBadInputException($"This names no {noun}: {e.Message}", target);
        }
    }
}
