namespace PSSysVIpc.Status;

/// <summary>Times in rising order.</summary>
internal static class SortedTimes
{
    /// <summary>How many of them are not later than one.</summary>
    internal static int CountUntil(ReadOnlySpan<double> times, double latest)
    {
        var (count, end) = (0, times.Length);
        while (count < end)
        {
            var middle = (count + end) / 2;
            if (times[middle] <= latest)
                count = middle + 1;
            else
                end = middle;
        }

        return count;
    }
}
