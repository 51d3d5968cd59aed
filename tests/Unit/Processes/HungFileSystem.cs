using PSSysVIpc.Tests.Actor;
using PSSysVIpc.Tests.Support;

namespace PSSysVIpc.Tests.Processes;

/// <summary>
/// A file system with one file, whose server (FUSE) answers until it is told to stop: then whoever opens the file or
/// asks about it waits, as for an NFS server that has died. It is mounted for the calling thread, which has mounts of
/// its own.
/// </summary>
internal sealed class HungFileSystem : IDisposable
{
    // The structures are those of <linux/fuse.h>, version 7.31.
    private const string Server = """
        use Fcntl;
        my ($folder, $user) = @ARGV;
        sysopen(my $device, '/dev/fuse', O_RDWR) or die "/dev/fuse: $!";
        my $mount = `uname -m` =~ /aarch64/ ? 40 : 165;
        my $options = 'fd=' . fileno($device) . ',rootmode=40000,user_id=0,group_id=0,allow_other';
        my ($source, $type) = ('hung', 'fuse');
        syscall($mount, $source, $folder, $type, 0, $options) == 0 or die "mount: $!";
        # No process of root's, so that nobody takes it for a master.
        $( = $) = "$user $user"; $< = $> = $user;
        my ($is_told, $content) = (0, "\0" x 4096);
        $SIG{USR1} = sub { $is_told = 1 };
        sub attributes {
            my $node = shift;
            pack 'Q6 L10', $node, 4096, 8, 0, 0, 0, 0, 0, 0, $node == 1 ? 040755 : 0100755, 1, 0, 0, 0, 4096, 0;
        }
        $| = 1; print "ready\n";
        while (1) {
            my $length = sysread $device, my $request, 1 << 20;
            next if !defined $length && !$is_told;
            sleep while $is_told;
            my (undef, $operation, $unique, $node) = unpack 'L L Q Q', $request;
            my ($error, $answer) = (0, '');
            if ($operation == 26) {
                $answer = pack 'L4 S2 L2 S2 L L7', 7, 31, 4096, 0, 12, 9, 4096, 1, 1, 0, 0, (0) x 7;
            }
            elsif ($operation == 1) { $answer = pack('Q4 L2', 2, 0, 0, 0, 0, 0) . attributes(2) }
            elsif ($operation == 3) { $answer = pack('Q L L', 0, 0, 0) . attributes($node) }
            elsif ($operation == 14 or $operation == 27) { $answer = pack 'Q L L', 0, 0, 0 }
            elsif ($operation == 15) { $answer = $content }
            elsif ($operation == 18 or $operation == 25 or $operation == 29) { }
            elsif ($operation == 2 or $operation == 42 or $operation == 36) { next }
            else { $error = -38 }
            syswrite $device, pack('L l Q', 16 + length $answer, $error, $unique) . $answer;
        }
        """;

    private const int StopSignal = 10;

    private readonly ActorProcess _server;

    internal HungFileSystem(string folder)
    {
        _server = ActorProcess.StartCommand("perl", "-e", Server, folder, $"{FreshIds.Next()}");
        File = Path.Combine(folder, "file");
    }

    /// <summary>Its file.</summary>
    internal string File { get; }

    /// <summary>Takes it out of the mounts (umount -l); what is mapped of it stays.</summary>
    internal void Detach() => TestLibc.Detach(Path.GetDirectoryName(File)!);

    /// <summary>From now on it doesn't answer.</summary>
    internal void Hang() => TestLibc.Signal(_server.Id, StopSignal);

    /// <summary>With its server gone, whoever still waits gets an error.</summary>
    public void Dispose() => _server.Dispose();
}
