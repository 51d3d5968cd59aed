using System.Globalization;

namespace PSSysVIpc.Tests.Boot;

/// <summary>Makes up files with settings, the same ones for the same seed. No number stands in two lines.</summary>
internal sealed class RandomBoots(int seed)
{
    private static readonly string[] s_places =
    [
        "etc/10-a.conf",
        "run/10-a.conf",
        "local/10-a.conf",
        "usr/10-a.conf",
        "etc/20-b.conf",
        "usr/20-b.conf",
        "lib/30-c.conf",
        "usr/.h.conf",
        "etc/.h.conf",
        "etc/99-sysctl.conf",
        "run/5.conf",
        "etc/B.conf",
        "usr/none",
        "sysctl.conf",
        "credentials/sysctl.extra",
    ];

    // Only what matches limits: anything else would be the machine's.
    private static readonly string[] s_keys =
    [
        "kernel.sem",
        "kernel.sem",
        "kernel.sem",
        "kernel/sem",
        "kernel.shmmax",
        "kernel.shmall",
        "kernel/shmmni",
        "kernel.msgmax",
        "kernel.msgmnb",
        "kernel.msgmni",
        "kernel/msgmni",
        "kernel..sem",
        "kernel//msgmax",
        "kernel.sem.",
        "/kernel/sem",
        "kernel.msgm*",
        "kernel/msgm??",
        "kernel.shmm[an]?",
        "kernel.s[e]m",
        "*.shmmni",
        "kernel.msgm[!n]?",
        "kernel//msgm*",
        "kernel.shm*i",
        "kernel/{s,x}?m",
        "kernel.none",
        "kernel\\.sh[m-m]all",
        "kernel/s\\hm[m]ni",
        "none/../kernel/sem",
        "kernel/none/../msgmni",
        "kernel/../kernel/shmmni",
        "kernel/sem/../msgmax",
        "kernel.semx",
    ];

    private static readonly string[] s_ends =
    [
        "\n",
        "\n",
        "\n",
        "\n",
        "\r\n",
        " \n",
        "\t\n",
        "\n\n",
        "\r",
        "\0",
        "\v\n",
    ];
    private static readonly string[] s_signs = ["=", "=", " = ", "\t=\t", " =", "= ", " ", "=="];
    private static readonly string[] s_blanks = [" ", " ", " ", "\t", "  ", " \t ", ",", "\u00a0"];

    private readonly Random _random = new(seed);
    private int _made;
    private int _number;

    internal BootCase Next()
    {
        _number = 0;
        var files = new Dictionary<string, string>();
        for (var count = _random.Next(1, 6); count > 0; count--)
        {
            var place = Pick(s_places);
            files[place] =
                place == "sysctl.conf"
                    ? Lines()
                    : _random.Next(12) switch
                    {
                        0 => "",
                        1 => "->/dev/null",
                        2 => "->/etc/sysctl.conf",
                        3 => "->nowhere",
                        _ => Lines(),
                    };
        }

        return new BootCase($"random {seed}.{_made++}", [.. files.Select(file => (file.Key, file.Value))]);
    }

    private string Lines() => string.Concat(Enumerable.Range(0, _random.Next(1, 7)).Select(_ => Line()));

    private string Line()
    {
        var start = _random.Next(12) switch
        {
            0 => "-",
            1 => " ",
            2 => "#",
            3 => "\t-",
            4 => "- ",
            5 => "--",
            _ => "",
        };
        var rest = _random.Next(10) == 0 ? "" : Pick(s_signs) + Values();
        return start + Pick(s_keys) + rest + Pick(s_ends);
    }

    private string Values() =>
        string.Join(Blanks(), Enumerable.Range(0, _random.Next(20) == 0 ? 0 : _random.Next(1, 6)).Select(_ => Value()));

    // Now and then the text is longer than a page, which is all that the kernel looks at.
    private string Blanks() => Pick(s_blanks) + new string(' ', _random.Next(12) == 0 ? _random.Next(500, 6_000) : 0);

    private string Value()
    {
        var number = ++_number;
        return _random.Next(16) switch
        {
            0 => $"0x{number:x}",
            1 => "0" + Convert.ToString(number, 8),
            2 => $"-{number}",
            3 => (40000L + number).ToString(CultureInfo.InvariantCulture),
            4 => (3000000000L + number).ToString(CultureInfo.InvariantCulture),
            5 => $"{number}x",
            6 => (ulong.MaxValue - (ulong)number).ToString(CultureInfo.InvariantCulture),
            7 => $"1844674407370955{9000 + number}",
            8 => new string('0', _random.Next(15, 21)) + Convert.ToString(number, 8),
            _ => number.ToString(CultureInfo.InvariantCulture),
        };
    }

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
