namespace PSSysVIpc.Tests.Boot;

/// <summary>Ways to write settings that readers and the kernel may take differently.</summary>
internal static class BootCases
{
    private const string Good = "kernel.sem = 251 32001 33 513\n";

    internal static readonly BootCase Nothing = new("nothing");

    internal static readonly BootCase[] All =
    [
        Nothing,
        new(
            "all limits",
            "etc/10-a.conf",
            Good
                + "kernel.shmmax=1\nkernel.shmall=2\nkernel.shmmni=3\nkernel.msgmax=4\nkernel.msgmnb=5\n"
                + "kernel.msgmni=6\n"
        ),
        new(
            "zeros",
            "etc/10-a.conf",
            "kernel.sem=0 0 0 "
                + "0\nkernel.shmmax=0\nkernel.shmall=0\nkernel.shmmni=0\nkernel.msgmax=0\nkernel.msgmnb=0\n"
                + "kernel.msgmni=0\n"
        ),
        // Folders and names.
        new(
            "folders, one name",
            ("etc/10-a.conf", "kernel.sem=1\n"),
            ("run/10-a.conf", "kernel.sem=2 2\n"),
            ("local/10-a.conf", "kernel.sem=3 3 3\n"),
            ("usr/10-a.conf", "kernel.sem=4 4 4 4\n")
        ),
        new("run before local", "run/10-a.conf", "kernel.sem=2 2\n", "local/10-a.conf", "kernel.sem=3 3 3\n"),
        new("local before usr", "local/10-a.conf", "kernel.sem=3 3 3\n", "usr/10-a.conf", "kernel.sem=4 4 4 4\n"),
        new("lib", "lib/10-a.conf", Good),
        new("names before folders", "etc/10-a.conf", "kernel.msgmax=1\n", "usr/20-b.conf", "kernel.msgmax=2\n"),
        new(
            "names are bytes",
            ("etc/9.conf", "kernel.msgmax=1\n"),
            ("etc/10.conf", "kernel.msgmax=2\n"),
            ("etc/A.conf", "kernel.msgmax=3\n"),
            ("etc/a.conf", "kernel.msgmax=4\n"),
            ("etc/_.conf", "kernel.msgmax=5\n")
        ),
        new("names beyond ASCII", "etc/\uffe0.conf", "kernel.msgmax=1\n", "etc/\U00010000.conf", "kernel.msgmax=2\n"),
        new("a prefix of a name", "etc/a.conf", "kernel.msgmax=1\n", "etc/a-b.conf", "kernel.msgmax=2\n"),
        new("an empty file masks", "etc/10-a.conf", "", "usr/10-a.conf", Good),
        new("a link to /dev/null masks", "etc/10-a.conf", "->/dev/null", "usr/10-a.conf", Good),
        new(
            "a link to a link to /dev/null masks",
            ("run/null", "->/dev/null"),
            ("etc/10-a.conf", "->/run/sysctl.d/null"),
            ("usr/10-a.conf", Good)
        ),
        new("a broken link masks", "etc/10-a.conf", "->nowhere", "usr/10-a.conf", Good),
        new("a link to itself masks", "etc/10-a.conf", "->10-a.conf", "usr/10-a.conf", Good),
        new("a folder masks", "etc/10-a.conf/", "", "usr/10-a.conf", Good),
        new("a mask in a later folder", "etc/10-a.conf", Good, "usr/10-a.conf", ""),
        new("a link", "etc/10-a.conf", "->/usr/lib/sysctl.d/other", "usr/other", Good),
        new(
            "a link in etc to its own name in usr",
            "etc/10-a.conf",
            "->/usr/lib/sysctl.d/10-a.conf",
            "usr/10-a.conf",
            Good
        ),
        new("a hidden name", "etc/.10-a.conf", Good),
        new(
            "a hidden name hides nothing else",
            "etc/.10-a.conf",
            "kernel.msgmax=1\n",
            "usr/10-a.conf",
            "kernel.msgmax=2\n"
        ),
        new("a suffix alone", "etc/.conf", Good),
        new("no suffix", "etc/10-a", Good),
        new("another suffix", "etc/10-a.conf.dpkg-new", Good),
        new("a suffix in capitals", "etc/10-a.CONF", Good),
        new("a backup", "etc/10-a.conf~", Good),
        new("a name with a blank", "etc/10 a.conf", Good),
        new("sysctl.conf", "sysctl.conf", Good),
        new("sysctl.conf and a later name", "sysctl.conf", "kernel.sem=7\n", "etc/99-z.conf", Good),
        new("a link to sysctl.conf", "sysctl.conf", Good, "etc/99-sysctl.conf", "->../sysctl.conf"),
        new(
            "a link to sysctl.conf before another",
            ("sysctl.conf", "kernel.msgmax=1\n"),
            ("etc/50-sysctl.conf", "->/etc/sysctl.conf"),
            ("etc/60-a.conf", "kernel.msgmax=2\n")
        ),
        new(
            "a credential",
            "credentials/sysctl.extra",
            "kernel.msgmax=1\n",
            "etc/zz.conf",
            "kernel.msgmax=2\nkernel.sem=3\n"
        ),
        // Lines.
        new("short last line", "etc/10-a.conf", Good, "etc/20-b.conf", "kernel.sem=300\n"),
        new("refused last line", "etc/10-a.conf", Good, "etc/20-b.conf", "kernel.sem=301 256001 34 99999999\n"),
        new("refused last msgmni", "etc/10-a.conf", "kernel.msgmni=7\n", "etc/20-b.conf", "kernel.msgmni=32769\n"),
        new("text last line", "etc/10-a.conf", Good, "etc/20-b.conf", "kernel.sem=300 xyz 3 4\n"),
        new("empty last line", "etc/10-a.conf", Good, "etc/20-b.conf", "kernel.sem=\n"),
        new(
            "comments",
            "etc/10-a.conf",
            "# kernel.sem=1\n;kernel.sem=2\n  # kernel.sem=3\n" + Good + "#kernel.msgmax=5\n"
        ),
        new("a comment behind a value", "etc/10-a.conf", "kernel.msgmax=5 # five\nkernel.sem=6 #\n"),
        new("no sign", "etc/10-a.conf", "kernel.sem 1 2 3 4\nkernel.msgmax: 5\nkernel.msgmnb=6\n"),
        new("two signs", "etc/10-a.conf", "kernel.msgmax==5\nkernel.sem=1 = 2\n"),
        new("duplicates in a file", "etc/10-a.conf", "kernel.sem=1 2 3 4\nkernel.sem=5 6\nkernel.sem=7\n"),
        new("no new line at the end", "etc/10-a.conf", "kernel.msgmax=5\nkernel.sem=1 2"),
        new("CRLF", "etc/10-a.conf", "# windows\r\nkernel.msgmax=5\r\nkernel.sem=1 2 3 4\r\n\r\nkernel.msgmnb=6"),
        new("CR alone", "etc/10-a.conf", "kernel.msgmax=5\rkernel.msgmnb=6\r\n\rkernel.sem=1\n"),
        new("null bytes", "etc/10-a.conf", "kernel.msgmax=5\0kernel.msgmnb=6\n\0kernel.sem=1\nkernel.msgmni=7\n"),
        new(
            "vertical blanks",
            "etc/10-a.conf",
            "\vkernel.msgmax=5\nkernel.msgmnb\f=6\nkernel.sem=\v7 8\n\fkernel.msgmni=\f9\n"
        ),
        new("CR among values", "etc/10-a.conf", "kernel.sem=1\r2 3\n"),
        new("blanks everywhere", "etc/10-a.conf", " \t kernel.sem \t =\t 1 \t 2\t\t3   4  \t\n   \n\t\n"),
        new("a blank within a key", "etc/10-a.conf", "kernel. sem=1\nkernel .sem=2\n"),
        new("a byte order mark", "etc/10-a.conf", "\u00ef\u00bb\u00bfkernel.sem=1\nkernel.msgmax=2\n"),
        new(
            "a non-breaking space",
            "etc/10-a.conf",
            "kernel.sem=1 \u00a02\nkernel.msgmax=\u00a03\nkernel.msgmnb=4\u00a0\n"
        ),
        new("one character", "etc/10-a.conf", "=\n-\nx\nkernel.sem=1\n-=\n=5\n"),
        new("quotes", "etc/10-a.conf", "kernel.sem=\"1 2 3 4\"\nkernel.msgmax='5'\n"),
        new("a continued line", "etc/10-a.conf", "kernel.sem=1 2 \\\n3 4\n"),
        // Keys.
        new("a slash", "etc/10-a.conf", "kernel/sem = 1 2 3 4\n"),
        new("a slash, then a dot", "etc/10-a.conf", "kernel.sem = 1 2 3 4\n", "etc/20-b.conf", "kernel/sem=5\n"),
        new("mixed separators", "etc/10-a.conf", "kernel.sem/=1\nkernel/sem.=2\n/kernel/msgmax=3\n.kernel.msgmnb=4\n"),
        new("doubled separators", "etc/10-a.conf", "kernel..sem=1\nkernel//msgmax=2\nkernel/./msgmnb=3\n"),
        new("a separator at the end", "etc/10-a.conf", "kernel.sem.=1\nkernel/msgmax/=2\n"),
        new("a full path", "etc/10-a.conf", "/proc/sys/kernel/sem=1\nproc.sys.kernel.msgmax=2\n"),
        new("up and down", "etc/10-a.conf", "kernel/../kernel/sem=1\nnet/../kernel/msgmax=2\n../sys/kernel/msgmnb=3\n"),
        new("capitals", "etc/10-a.conf", "Kernel.sem=1\nkernel.SEM=2\nkernel.msgMax=3\n"),
        new("a folder as key", "etc/10-a.conf", "kernel=1\nkernel.=2\n"),
        new("no such key", "etc/10-a.conf", "kernel.semmni=5\nkernel.semx=1\n"),
        new("a minus", "etc/10-a.conf", "-kernel.sem=1 2 3 4\n-kernel.msgmax = refused\n-kernel.msgmnb=5\n"),
        new("more minus", "etc/10-a.conf", "--kernel.sem=1\n---kernel.sem=2\n- kernel.msgmax=3\n - kernel.msgmnb=4\n"),
        new("an exclusion alone", "etc/10-a.conf", Good, "etc/20-b.conf", "-kernel.sem\n"),
        new("an exclusion, then a setting", "etc/10-a.conf", "-kernel.sem\n", "etc/20-b.conf", Good),
        // Patterns.
        new("a pattern", "etc/10-a.conf", "kernel.shmm*=5\n"),
        new("a pattern of one", "etc/10-a.conf", "kernel.s?m=1 2\nkernel.msgm[a]x=3\n"),
        new("a pattern of folders", "etc/10-a.conf", "kern*/msgmax=5\n*/msgmnb=6\n"),
        new("a setting before a pattern", "etc/10-a.conf", "kernel.msgmax=5\nkernel.msgm*=6\n"),
        new("a setting after a pattern", "etc/10-a.conf", "kernel.msgm*=6\nkernel.msgmax=5\n"),
        new("a refused setting keeps a pattern away", "etc/10-a.conf", "kernel.msgm*=6\nkernel.msgmax=x\n"),
        new("an exclusion", "etc/10-a.conf", "-kernel.msgmax\nkernel.msgm*=6\n"),
        new("an exclusion after", "etc/10-a.conf", "kernel.msgm*=6\n", "etc/20-b.conf", "-kernel/msgmax\n"),
        new("an exclusion by a pattern", "etc/10-a.conf", "kernel.msgm*=6\n-kernel.msgma*\n"),
        new("an exclusion with a blank", "etc/10-a.conf", "kernel.msgm*=6\n- kernel.msgmax\n-kernel.msgmnb \t\n"),
        new(
            "an exclusion with another spelling",
            "etc/10-a.conf",
            "kernel.msgm*=6\n-kernel//msgmax\n-.kernel.msgmnb\n"
        ),
        new("patterns one after the other", "etc/10-a.conf", "kernel.msgm*=6\nkernel.msgma?=5\n"),
        new("a pattern again", "etc/10-a.conf", "kernel.msgm*=6\nkernel.msgma?=5\nkernel.msgm*=6\n"),
        new("a pattern anew", "etc/10-a.conf", "kernel.msgm*=6\nkernel.msgma?=5\nkernel.msgm*=7\n"),
        new("a pattern with a minus", "etc/10-a.conf", "-kernel.msgm*=6\n"),
        new(
            "classes",
            "etc/10-a.conf",
            "kernel.msgm[!n]x=5\nkernel.shmm[[:alpha:]]x=6\nkernel.se[a-z]=7\nkernel.shmal[^a-k]=8\n"
        ),
        new("an open bracket", "etc/10-a.conf", "kernel.msgm[ax=5\nkernel.[msgmnb=6\nkernel.se[]m]=7\n"),
        new("a dot in brackets", "etc/10-a.conf", "kernel[.]sem=5\nkernel/msgma[x.]=6\n"),
        new("a backslash", "etc/10-a.conf", "kernel.msgma\\x=5\nkernel.\\msgmn?=6\nkernel.se\\?=7\n"),
        new("braces", "etc/10-a.conf", "kernel.{msgmax,msgmnb}=5\nkernel/{se?,shmmax}=6\nkernel.shm{mn,q}?=7\n"),
        new("nested braces", "etc/10-a.conf", "kernel.{msgm{a,n}?,s{e,x}[m]}=5\n"),
        new("open braces", "etc/10-a.conf", "kernel.{msgma?=5\nkernel.msgmn?}=6\nkernel.{se?,{shmall}=7\n"),
        new("braces in brackets", "etc/10-a.conf", "kernel.se[{m,n}]=5\nkernel.msgma{}[x]=6\n"),
        new("a pattern with two slashes", "etc/10-a.conf", "kernel//msgm*=5\nkernel/msgmax=6\n"),
        new("a pattern that ends with a slash", "etc/10-a.conf", "kernel/msgma?/=5\n"),
        new("a star is no slash", "etc/10-a.conf", "k*m=5\n"),
        // What the kernel makes of texts.
        new(
            "octal and hexadecimal",
            "etc/10-a.conf",
            "kernel.sem=010 0x10 0X1f 00\nkernel.shmmax=0xffffffffffffffff\nkernel.shmall=01777777777777777777777\n"
        ),
        new(
            "nearly hexadecimal",
            "etc/10-a.conf",
            "kernel.sem=1 0x\nkernel.msgmax=0xg\nkernel.msgmnb=08\nkernel.shmmax=1f\n"
        ),
        new(
            "negative",
            "etc/10-a.conf",
            "kernel.sem=-1 -2 -0x3 -4\nkernel.msgmax=-1\nkernel.shmmax=-1\nkernel.shmall=-0\nkernel.msgmnb=-0\n"
        ),
        new("the lowest", "etc/10-a.conf", "kernel.sem=-2147483648 -2147483649\n"),
        new(
            "the highest",
            "etc/10-a.conf",
            "kernel.sem=2147483647 2147483647 2147483647 "
                + "32768\nkernel.msgmax=2147483647\nkernel.msgmnb=2147483647\nkernel.msgmni=32768\n"
                + "kernel.shmmni=32768\n"
        ),
        new(
            "above the highest",
            "etc/10-a.conf",
            "kernel.sem=2147483648\nkernel.msgmax=2147483648\nkernel.msgmnb=4294967296\nkernel.msgmni=32769\n"
                + "kernel.shmmni=32769\n"
        ),
        new("SEMMNI alone above the highest", "etc/10-a.conf", "kernel.sem=1 2 3 32769\n"),
        new("64 bits", "etc/10-a.conf", "kernel.shmmax=18446744073709551615\nkernel.shmall=18446744073709551616\n"),
        new(
            "many digits",
            "etc/10-a.conf",
            "kernel.shmmax=00000000000000000001\nkernel.shmall=000000000000000000002\nkernel.sem=-0000000000000000001 "
                + "-00000000000000000002\n"
        ),
        new("a fifth value", "etc/10-a.conf", "kernel.sem=1 2 3 4 5\nkernel.msgmax=6 7\nkernel.msgmnb=8 x\n"),
        new("other separators", "etc/10-a.conf", "kernel.sem=1,2,3,4\nkernel.msgmax=5;\nkernel.msgmnb=+6\n"),
        new(
            "other numbers",
            "etc/10-a.conf",
            "kernel.sem=1 2.5\nkernel.msgmax=1e3\nkernel.shmmax=8GB\nkernel.shmall=1_000\n"
        ),
        new("a minus alone", "etc/10-a.conf", "kernel.sem=1 -\nkernel.msgmax=-\nkernel.msgmnb=--1\n"),
        new(
            "a page of blanks",
            "etc/10-a.conf",
            $"kernel.sem=1{new string(' ', 4090)}2345 "
                + $"67\nkernel.msgmax={new string(' ', 5000)}1\nkernel.shmmax={new string('\t', 4090)}3\n"
        ),
        new("a page of zeros", "etc/10-a.conf", $"kernel.sem=1 {new string('0', 5000)}2\n"),
        new(
            "a line as long as a line can be",
            "etc/10-a.conf",
            $"kernel.msgmax=1\n#{new string('x', (1 << 20) - 2)}\nkernel.sem=1\n"
        ),
        new(
            "a longer line",
            "etc/10-a.conf",
            $"kernel.msgmax=1\n#{new string('x', (1 << 20) - 1)}\nkernel.sem=1\n",
            "etc/20-b.conf",
            "kernel.msgmnb=2\n"
        ),
    ];
}
