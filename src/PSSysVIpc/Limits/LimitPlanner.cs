using PSSysVIpc.Ipc;

namespace PSSysVIpc.Limits;

/// <summary>Something to say of a limit: an error, or else a text for who wants to know all.</summary>
internal readonly record struct PlanNote(string? Text = null, IpcException? Error = null);

/// <summary>Checks what is wanted of the limits before anything is set.</summary>
/// <param name="kernel">The IPC namespace.</param>
/// <param name="request">What is wanted.</param>
/// <param name="force">Whether values are taken that leave no room for use.</param>
/// <param name="persist">Whether also what is as it should be is to be kept for the next boot.</param>
internal sealed class LimitPlanner(IpcKernel kernel, LimitRequest request, bool force, bool persist)
{
    private readonly LimitUse _use = new(kernel);
    private readonly LimitWriter _writer = new(kernel.Sysctls);
    private readonly bool _isExtended = KernelOptions.HasIpcmniExtend();

    /// <summary>What there is to say of the limits, in their order: what is wrong, and what need not be done.</summary>
    internal List<PlanNote> Notes { get; } = [];

    /// <summary>What can be done, one sysctl at a time.</summary>
    internal List<LimitPlan> Plan()
    {
        var plans = new List<LimitPlan>();
        foreach (var limits in request.BySysctl)
        {
            try
            {
                if (Plan(limits) is { } plan)
                    plans.Add(plan);
            }
            catch (IpcException e)
            {
                Notes.Add(new(Error: e));
            }
        }

        return plans;
    }

    private LimitPlan? Plan(LimitDefinition[] limits)
    {
        var plan = new LimitPlan([], []);
        foreach (var limit in limits.Where(limit => !request.IsRefused(limit)))
            Sort(limit, plan);
        if (request.FindRefused(limits[0].Sysctl) is { } refused)
            return WithoutSpoiled(plan, refused);
        if (plan.Changes.Count == 0)
            return plan;
        var names = string.Join(", ", plan.Changes.Select(change => change.Limit.Name));
        return _writer.FindObstacle(limits[0].Sysctl!, names) is { } obstacle ? throw obstacle : plan;
    }

    // Whether a limit changes, stays, or is refused.
    private void Sort(LimitDefinition limit, LimitPlan plan)
    {
        var wanted = request[limit];
        var now = kernel.Sysctls.Read(limit);
        if (request.IsMetBy(limit, now))
        {
            var why = wanted == now ? "already" : $"and was left, as that is at least {wanted}";
            Notes.Add(new(Text: $"{limit.Name} is {limit.Show(now)} {why}."));
            plan.Same.Add(limit);
        }
        else if (LimitCheck.FindFault(limit, now, _use.Of(limit), wanted, _isExtended, force) is { } fault)
        {
            Notes.Add(new(Error: fault));
            request.Refuse(limit);
        }
        else
        {
            plan.Changes.Add(new LimitChange(limit, now, (ulong)wanted));
        }
    }

    /// <summary>What is left where one limit of the sysctl was refused: nothing is changed there.</summary>
    private LimitPlan? WithoutSpoiled(LimitPlan plan, LimitDefinition refused)
    {
        if (plan.Changes.Count == 0 && !persist)
            return plan;
        string[] spoiled =
        [
            .. plan.Limits.Where(limit => persist || !plan.Same.Contains(limit)).Select(limit => limit.Name),
        ];
        return spoiled.Length == 0
            ? null
            : throw new LimitNotAppliedException(
                $"{string.Join(", ", spoiled)}: nothing was done, as {refused.Name}, which stands in the same sysctl "
                    + $"{refused.Sysctl}, was refused. Correct it or leave it out.",
                spoiled[0]
            );
    }
}
