# Makes semaphore sets of an owner, or of as many owners in turn from there on, in one group. With OPERATORS, so many
# processes, with numbers in a row, use them and exit; prints the first one's number.
#   perl sets.pl COUNT OWNER OWNERS GROUP MODE KEY OPERATORS
my ($count, $owner, $owners, $group, $mode, $key, $operators) = @ARGV;
my @ids;
$) = "$group $group";
for my $set (0 .. $count - 1) {
    $> = $owner + $set % $owners;
    push @ids, semget($key && $key + $set, 1, oct($mode) | 01000) // die "semget: $!\n";
    $> = 0;
}
my $first = '';
for my $operator (0 .. $operators - 1) {
    defined(my $child = fork) or die "fork: $!\n";
    $first ||= $child;
    next if $child;
    for (my $set = $operator; $set < $count; $set += $operators) {
        semop($ids[$set], pack('s3', 0, 1, 0)) or die "semop: $!\n";
    }
    exit;
}
1 while wait > 0;
print "$first\n";
