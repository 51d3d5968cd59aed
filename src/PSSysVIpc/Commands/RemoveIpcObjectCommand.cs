using System.Diagnostics;
using System.Management.Automation;
using PSSysVIpc.Ipc;
using PSSysVIpc.Kinds;

namespace PSSysVIpc.Commands;

/// <summary>
/// What the Remove cmdlets of all IPC kinds share: what they take, what they refuse, and the order of the checks.
/// </summary>
/// <typeparam name="TObject">The kind of object.</typeparam>
public abstract class RemoveIpcObjectCommand<TObject> : IpcCommand
    where TObject : IpcObject
{
    private protected const string InputObjectSet = "InputObject";
    private const string IdSet = "Id";

    // Not one that a script has: those count from 0. The Get cmdlets have another.
    private const int ProgressId = 0x53564702;

    private const string KeySet = "Key";

    // Nobody answers a prompt this fast; without one, asking takes a fraction of it.
    private static readonly TimeSpan s_answerTime = TimeSpan.FromMilliseconds(20);

    private IpcKind<TObject>? _kind;
    private IpcIdentity? _identity;
    private Inspector? _inspector;
    private TargetResolver<TObject>? _resolver;
    private RemovalGuard? _guard;
    private RemovalTotals? _totals;
    private RemovalLog? _log;
    private ProgressBar? _bar;
    private bool _isWhatIf;
    private bool _isAskedInWords;

    private protected RemoveIpcObjectCommand() { }

    /// <summary>
    /// What the Get cmdlet returned, an id, or a record of such an object from a file or another session, which is
    /// compared with what is there now.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>Ids, 0 to 2147483647. Never taken from the pipeline by name: a process has an Id too.</summary>
    [Parameter(ParameterSetName = IdSet, Position = 0)]
    [WholeNumberArgument("id", 0, int.MaxValue)]
    [ArgumentCompleter(typeof(IpcIdCompleter))]
    public int[]? Id { get; set; }

    /// <summary>Keys, as 0x text or a number. 0 (IPC_PRIVATE) is no key and is refused.</summary>
    [Parameter(ParameterSetName = KeySet)]
    [IpcKeyArgument]
    [ArgumentCompleter(typeof(IpcKeyCompleter))]
    public uint[]? Key { get; set; }

    /// <summary>Also removes what is Stale: nobody is known to use it, but somebody could.</summary>
    [Parameter]
    public SwitchParameter AllowStale { get; set; }

    /// <summary>Also removes what is InUse, Stale or Unknown. It does not switch off -Confirm.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns what was removed, as it was directly before.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private IpcKind<TObject> Kind => _kind ??= Require(() => IpcKinds.Of<TObject>(IpcKernel.OpenCurrent()));

    private IpcIdentity Identity =>
        _identity ??= new(typeof(TObject), Kind.IdentityProperties, Kind.ActivityProperties);

    private Inspector Inspector => _inspector ??= new Inspector(Kind.Kernel, Stop, tick: Bar.Tick);

    private TargetResolver<TObject> Resolver => _resolver ??= new(Kind.Noun, Getter, Identity);

    private RemovalGuard Guard => _guard ??= new(Kind, Identity, AllowStale, Force);

    private RemovalTotals Totals => _totals ??= new(Kind.Noun, _isWhatIf);

    // How many the pipeline will bring, nobody knows.
    private ProgressBar Bar => _bar ??= MakeBar();

    private RemovalLog Log => _log ??= new(Kind.Noun, Switches);

    private string Switches =>
        Force ? "-Force"
        : AllowStale ? "-AllowStale"
        : "";

    /// <summary>Refuses a call that names nothing.</summary>
    private protected override void Begin()
    {
        // Of thousands, each would look them up again.
        _isWhatIf = IsWhatIf();
        _isAskedInWords = _isWhatIf || MayPrompt() || IsVerbose();
        if (
            ParameterSetName == InputObjectSet
            && !MyInvocation.ExpectingInput
            && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject))
        )
        {
            Fail(
                new IpcBadInputException(
                    $"Nothing was named to remove. Pipe what {Getter} returns, or use -Id or -Key.",
                    null
                )
            );
        }
    }

    /// <summary>Removes what was named, or says why not.</summary>
    private protected override void Process()
    {
        Bar.Resume();
        try
        {
            RemoveNamed();
        }
        catch
        {
            // Nobody calls End() then.
            Bar.End();
            throw;
        }

        Bar.Pause();
    }

    private void RemoveNamed()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                foreach (var id in Id!.Distinct())
                    Remove(() => new IpcTarget(id, null));
                break;
            case KeySet:
                RemoveKeys();
                break;
            case InputObjectSet when MyInvocation.ExpectingInput:
                foreach (var input in Inputs)
                    Remove(() => Resolver.Resolve(input));
                break;
            default:
                // Given as an argument: all of it is checked before anything is touched.
                foreach (var target in Require(() => Array.ConvertAll(Inputs, Resolver.Resolve)))
                    Remove(() => target);
                break;
        }
    }

    /// <summary>Says what was missing for the names that were shown, and what became of all.</summary>
    private protected override void End()
    {
        _bar?.End();
        if (_inspector is not null)
            WarnOfMissingNames(_inspector);
        if (Totals.Warning is { } warning)
            WriteWarning(warning);
        WriteVerbose($"{Totals}");
    }

    /// <summary>However the pipeline ended, what it has removed stands in the system's log.</summary>
    private protected override void Close() => _log?.Dispose();

    // Nothing at all is an error of its own, be it $null or an empty list.
    private PSObject?[] Inputs => InputObject is { Length: > 0 } inputs ? inputs : [null];

    private string Getter => "Get-" + MyInvocation.MyCommand.Name[(MyInvocation.MyCommand.Name.IndexOf('-') + 1)..];

    private void RemoveKeys()
    {
        var ids = Require(Kind.Read).Where(row => row.Key != 0).ToLookup(row => row.Key, row => row.Id);
        foreach (var key in Key!.Distinct())
        {
            if (!ids.Contains(key))
                Refuse(Missing.Key(Kind.Noun, key));
            foreach (var id in ids[key])
            {
                // The key goes along as what is known of it: should the id name another by now, it is left alone.
                var known = new PSObject();
                known.Properties.Add(new PSNoteProperty(nameof(IpcObject.Key), key));
                Remove(() => new IpcTarget(id, known));
            }
        }
    }

    private ProgressBar MakeBar()
    {
        var bar = new ProgressBar(MyInvocation.MyCommand.Name, ProgressId, WriteProgress);
        bar.Begin(() => ($"{Totals}", -1));
        return bar;
    }

    private void Remove(Func<IpcTarget> resolve)
    {
        if (Stop.IsCancellationRequested)
            return;
        Bar.Tick();
        try
        {
            Remove(resolve());
        }
        catch (IpcException e)
        {
            Refuse(e);
        }
    }

    private void Refuse(IpcException error)
    {
        Totals.Count(error);
        Bar.GiveWay();
        WriteError(error);
        Bar.Resume();
    }

    private void Remove(IpcTarget target)
    {
        var facts = ReadFacts(target.Id, Inspector.MaximumAge);
        Inspector.RefreshProcesses(Inspector.MaximumAge);
        var found = Describe(facts);
        if (target.Known is { } known)
            Guard.CheckIsWhatWasRead(known, found);
        if (found.IsRemovedAlready)
        {
            SayRemovedAlready(found);
            return;
        }

        Guard.Check(found);
        // It can't let the kernel decide, and must not promise what the kernel would refuse.
        if (_isWhatIf)
            Kind.CheckMayRemove(found, Inspector.EffectiveUserId);
        var asked = Stopwatch.GetTimestamp();
        var isAgreed = ShouldRemove(found);
        // Ctrl-C at the prompt is no answer, whatever the host makes of it.
        if (!isAgreed || Stop.IsCancellationRequested)
        {
            CountNotDone();
            return;
        }

        var hasPrompted = Stopwatch.GetElapsedTime(asked) > s_answerTime;
        // The last look shows who waits only where the kernel counts them.
        var age = facts.WaitingCount is null ? Inspector.MaximumAgeOfWaiters : Inspector.MaximumAge;
        if (Inspector.RefreshProcesses(hasPrompted ? TimeSpan.Zero : age))
            Guard.CheckStillHolds(found, Inspector.Judge(facts));
        found = LookAgain(facts, found);
        Kind.Remove(found);
        Totals.CountRemoved(found);
        Log.Add(found);
        if (!PassThru)
            return;
        Bar.GiveWay();
        WriteObject(found);
        Bar.Resume();
    }

    /// <summary>What is there directly before the removal.</summary>
    /// <exception cref="IpcChangedException">It isn't what was judged.</exception>
    private TObject LookAgain(IpcFacts facts, TObject found)
    {
        var again = ReadAgain(facts);
        if (again.Equals(facts))
            return found;
        var now = Describe(again);
        Guard.CheckMayDiffer(
            found,
            now,
            again.WaitingCount == facts.WaitingCount ? "it was changed meanwhile" : "other processes wait on it"
        );
        return now;
    }

    private void CountNotDone()
    {
        if (_isWhatIf)
            Totals.CountPromised();
        else
            Totals.CountDeclined();
    }

    private void SayRemovedAlready(TObject found)
    {
        Totals.CountRemovedBefore();
        Bar.GiveWay();
        WriteWarning($"{Kind.Subject(found)} was removed already: there is nothing to do. {found.Grounds}");
        Bar.Resume();
    }

    private IpcFacts ReadFacts(int id, TimeSpan maximumAge) =>
        (Kind.Find(id, maximumAge) is { } row ? Kind.ReadFacts(row, maximumAge) : null)
        ?? throw Missing.Id(Kind.Noun, id);

    // What can be read is read with its row last, so no row is needed before.
    private IpcFacts ReadAgain(IpcFacts facts) =>
        facts.IsReadable
            ? Kind.ReadFacts(facts.Row, TimeSpan.Zero, isLastLook: true) ?? throw Missing.Id(Kind.Noun, facts.Row.Id)
            : ReadFacts(facts.Row.Id, TimeSpan.Zero);

    private TObject Describe(IpcFacts facts) => Kind.Describe(facts, Inspector.Judge(facts), Inspector.Names);

    // What would settle a doubt is for who is refused: this call does it already.
    private bool ShouldRemove(TObject found)
    {
        // The texts of thousands would be made for nobody.
        if (!_isAskedInWords)
            return ShouldProcess(Kind.Noun);
        var subject = found.Describe(Kind.Noun);
        Bar.GiveWay();
        var isAgreed = ShouldProcess(
            $"Removing {subject}. {found.Grounds}",
            $"Remove {subject}?\n{found.Grounds}",
            $"Remove {Kind.Noun}"
        );
        Bar.Resume();
        return isAgreed;
    }
}
