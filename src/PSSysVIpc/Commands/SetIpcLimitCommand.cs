using System.Management.Automation;
using PSSysVIpc.Boot;
using PSSysVIpc.Ipc;
using PSSysVIpc.Limits;

namespace PSSysVIpc.Commands;

/// <summary>
/// <c>Set-IpcLimit</c>: sets the kernel's limits of System V IPC, for now and, with -Persist, for the next boot. All of
/// a pipeline is checked first; the limits of one sysctl are then set with one write, or not at all.
/// </summary>
[Cmdlet(VerbsCommon.Set, "IpcLimit", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(IpcLimit))]
public sealed class SetIpcLimitCommand : IpcCommand
{
    private const string NameSet = "Name";
    private const string InputObjectSet = "InputObject";

    private LimitRequest? _request;
    private IpcKernel? _kernel;
    private LimitResolver? _resolver;
    private LimitPersistence? _persistence;

    /// <summary>
    /// The limit's name: SEMMNI; or that of its sysctl, for all that stand in it: kernel.sem. Case does not matter.
    /// </summary>
    [Parameter(ParameterSetName = NameSet, Position = 0)]
    [ArgumentCompleter(typeof(SettableLimitNameCompleter))]
    public string? Name { get; set; }

    /// <summary>
    /// What it shall be, in the limit's unit: a whole number, its digits as text, or "unlimited"; for kernel.sem four
    /// numbers, as a list or in one text. Never prompted for: PowerShell would make numbers of what is typed there that
    /// nobody meant. For what is piped it takes the place of the value there.
    /// </summary>
    [Parameter(ParameterSetName = NameSet, Position = 1)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ArgumentCompleter(typeof(LimitValueCompleter))]
    public PSObject? Value { get; set; }

    /// <summary>
    /// What Get-IpcLimit returns, a record with Name and Value, or a line of a file for sysctl: "kernel.shmmni = 4096".
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Sets only what is lower, and with -Persist only what the next boot would make lower.</summary>
    [Parameter]
    public SwitchParameter AtLeast { get; set; }

    /// <summary>Also writes the value to /etc/sysctl.d/60-pssysvipc.conf, for the next boot.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Takes 0 and values below what is in use, too. It does not switch off -Confirm.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the limits that were named, as they are afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private IpcKernel Kernel => _kernel ??= Require(IpcKernel.OpenCurrent);

    private LimitRequest Request => _request ??= new(AtLeast);

    private LimitResolver Resolver => _resolver ??= new(Kernel, WriteVerbose);

    private LimitPersistence Persistence => _persistence ??= new(Kernel.Sysctls, AtLeast, BootPlace.IsFirst(Kernel));

    /// <summary>Refuses a call that doesn't say what to set.</summary>
    private protected override void Begin()
    {
        var isNamed = ParameterSetName == NameSet && Name is not null && Value is not null;
        if (!isNamed && !MyInvocation.ExpectingInput && InputObject is null)
        {
            Fail(
                new IpcBadInputException(
                    "A limit and its value are needed: Set-IpcLimit SEMMNI 32768. Get-IpcLimit shows the limits.",
                    null
                )
            );
        }
    }

    /// <summary>Takes what was named or piped. Nothing is set before all is known.</summary>
    private protected override void Process()
    {
        try
        {
            if (ParameterSetName == NameSet)
                Take(FindNamed(), Value);
            else
                TakePiped();
        }
        catch (IpcException e)
        {
            WriteError(e);
        }
    }

    /// <summary>Checks all, asks for all, sets, and writes what the next boot shall set.</summary>
    private protected override void End()
    {
        var plans = Plan();
        if (Persist && plans.Any(plan => plan.Limits.Any(limit => limit.Sysctl is not null)))
            CheckBoot();
        plans.ForEach(Ask);
        if (Stop.IsCancellationRequested)
            throw new PipelineStoppedException();

        // From here on nothing that ends a pipeline (-ErrorAction Stop) may come between what is set and what is
        // persisted.
        var errors = new List<IpcException>();
        var done = Apply(plans, errors);
        var warnings = Persist ? PersistAll(done, errors) : [];
        errors.ForEach(WriteError);
        foreach (var warning in warnings)
            WriteWarning(warning);
        if (PassThru && done.Count > 0 && !IsWhatIf())
        {
            var snapshot = Require(() => new LimitSnapshot(Kernel, Persistence.Boot));
            foreach (var limit in done)
                WriteObject(Require(() => snapshot.Read(limit)));
        }
    }

    private void TakePiped()
    {
        foreach (var (target, value) in Resolver.Resolve(InputObject))
            Take(target, Value ?? value);
    }

    private LimitTarget FindNamed() =>
        string.IsNullOrWhiteSpace(Name)
            ? throw new IpcBadInputException("The name of the limit is empty. Nothing was set for it.", Name)
            : LimitTarget.Find(Name) ?? throw LimitSelection.Unknown(Name);

    private void Take(LimitTarget target, object? value)
    {
        try
        {
            foreach (var (limit, number) in target.Read(value))
                Request.Take(limit, number);
        }
        catch (IpcException)
        {
            foreach (var limit in target.Limits)
                Request.Refuse(limit);
            throw;
        }
    }

    private List<LimitPlan> Plan()
    {
        var planner = new LimitPlanner(Kernel, Request, Force, Persist);
        var plans = planner.Plan();
        foreach (var note in planner.Notes)
        {
            if (note.Error is { } error)
                WriteError(error);
            else
                WriteVerbose(note.Text!);
        }

        return plans;
    }

    /// <summary>Takes out of a plan what is declined.</summary>
    private void Ask(LimitPlan plan)
    {
        plan.Changes.RemoveAll(change => !Ask(change));
        // What is fixed needs no file, and what is as it should be is only asked for where a file is to be written.
        if (Persist)
            plan.Same.RemoveAll(limit => limit.Sysctl is not null && !AskToPersist(limit));
    }

    private bool Ask(LimitChange change)
    {
        var (limit, old, wanted) = change;
        if (wanted < old)
        {
            var guide =
                limit.Name == "SEMMNI" && wanted == 128
                    ? " The 128 of old guides is far below the 32000 of today's kernels."
                    : "";
            WriteWarning($"{limit.Name} is to become lower: {wanted}, where it is {limit.Show(old)} now.{guide}");
        }

        var description = char.ToLowerInvariant(limit.Description[0]) + limit.Description[1..];
        var when =
            Persist && !Persistence.IsKept(limit, wanted) ? $", now and for the next boot ({DropInFile.Path})" : "";
        var what = $"{limit.Name} ({description}) from {limit.Show(old)} to {limit.Show(wanted)}{when}";
        return ShouldProcess($"Setting {what}", $"Set {what}?", "Set limit");
    }

    private bool AskToPersist(LimitDefinition limit)
    {
        var wanted = (ulong)Request[limit];
        if (Persistence.IsKept(limit, wanted))
        {
            WriteVerbose(
                $"The next boot makes {limit.Name} {Persistence.NextBoot(limit)}, which is at least {wanted}: that was "
                    + "left."
            );
            return true;
        }

        var state = AtLeast ? $"{limit.Name} at least at {wanted}" : $"{limit.Name} at {wanted}, as it is now,";
        var what = $"{state} for the next boot ({DropInFile.Path})";
        return ShouldProcess($"Keeping {what}", $"Keep {what}?", "Persist limit");
    }

    /// <returns>The limits that are now as they should be.</returns>
    private List<LimitDefinition> Apply(List<LimitPlan> plans, List<IpcException> errors)
    {
        var done = new LimitWriter(Kernel.Sysctls).Apply(plans, errors);
        LimitChange[] changes = [.. done.SelectMany(plan => plan.Changes)];
        LimitLog.WriteSet(changes, Force, Kernel.NamespaceId);
        foreach (var change in changes)
            WriteVerbose($"{change.Limit.Name} was {change.OldText} and is {change.NewText}.");
        return [.. done.SelectMany(plan => plan.Limits)];
    }

    private void CheckBoot()
    {
        if (BootPlace.FindDoubt(Kernel) is { } doubt)
            WriteWarning(doubt);
        // -WhatIf writes nothing, and must not promise what can be seen to fail.
        if (!IsWhatIf())
            return;
        try
        {
            DropInFile.CheckWritable();
        }
        catch (PersistFailedException e)
        {
            WriteError(e);
        }
    }

    /// <returns>What will keep the next boot from setting these values, as sentences.</returns>
    private string[] PersistAll(List<LimitDefinition> done, List<IpcException> errors)
    {
        var limits = done.Where(limit => limit.Sysctl is not null)
            .ToDictionary(limit => limit, limit => (ulong)Request[limit]);
        if (limits.Count == 0)
            return [];
        try
        {
            var (lines, changed, warnings) = Persistence.Write(limits, Stop);
            LimitLog.Write(changed.Select(Statement));
            foreach (var line in lines)
                WriteVerbose(Statement(line));
            return warnings;
        }
        catch (IpcException e)
        {
            var values = string.Join(", ", limits.Select(limit => $"{limit.Key.Name} {limit.Value}"));
            errors.Add(
                new PersistFailedException($"{e.Message} The running values stay as they are set: {values}.", e.Target)
            );
            return [];
        }
    }

    private static string Statement(string line) => $"{DropInFile.Path} has the line: {line}";
}
