# One process and its children, which wait for the end of their input; the parent ends last, so that pid 1 has none of
# them to bury. It says "ready" when all are what they are to be.
#   perl children.pl COUNT LEADER [COMMAND]
# The parent becomes the user LEADER: where the children are root's, it is none of them. With a COMMAND, they become that.
use POSIX;
$| = 1;
my ($count, $leader, @command) = @ARGV;
# Closed in a child by what it becomes, or by itself.
pipe my $ready, my $busy or die "pipe: $!\n";
for (2 .. $count) {
    defined(my $child = fork) or die "fork: $!\n";
    next if $child;
    exec @command or die "$command[0]: $!\n" if @command;
    close $busy;
    sysread STDIN, $_, 1;
    exit;
}
close $busy;
sysread $ready, $_, 1;
setuid($leader);
print "ready\n";
sysread STDIN, $_, 1;
1 while wait > 0;
