#!/usr/bin/perl
# Turns a terminal's screen, with its colours as escape sequences (tmux capture-pane -e), into a picture.
use strict;
use warnings;
use open qw(:std :utf8);

my ($width, $height, $margin) = (8.4, 18, 12);
my @palette = map { "#$_" } qw(2e3436 ef5350 7ec96f e5c07b 6ea8fe c792ea 4dd0c8 d8dee9 7f8c98 ff7b72 98e08a ffd866 8ec0ff dda0ff 76e8e0 ffffff);

my @lines = <STDIN>;
chomp @lines;
pop @lines while @lines && $lines[-1] =~ /^(?:\e\[[\d;]*m|\s)*$/;
my ($columns, $rows) = (100, scalar @lines);

printf qq{<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">\n},
    $columns * $width + 2 * $margin, $rows * $height + 2 * $margin;
print qq{<rect width="100%" height="100%" rx="6" fill="#1b2027"/>\n};

my ($colour, $bold) = ($palette[7], 0);
for my $row (0 .. $#lines) {
    my $column = 0;
    for my $piece (split /(\e\[[\d;]*m)/, $lines[$row]) {
        if ($piece =~ /^\e\[([\d;]*)m$/) {
            style($1);
            next;
        }
        # Blanks are left out, and what is between them is placed by its column: fonts differ in width.
        while ($piece =~ /(\S+(?: \S+)*)/g) {
            my ($text, $start, $length) = ($1, $column + $-[1], length $1);
            $text =~ s/&/&amp;/g;
            $text =~ s/</&lt;/g;
            $text =~ s/>/&gt;/g;
            printf qq{<text x="%.1f" y="%.1f" textLength="%.1f" xml:space="preserve" fill="%s"%s>%s</text>\n},
                $margin + $start * $width, $margin + $row * $height + 14, $length * $width, $colour, $bold ? ' font-weight="bold"' : '', $text;
        }
        $column += length $piece;
    }
}
print "</svg>\n";

sub style {
    my @codes = split /;/, shift || '0';
    while (defined(my $code = shift @codes)) {
        if ($code == 0) { ($colour, $bold) = ($palette[7], 0) }
        elsif ($code == 1) { $bold = 1 }
        elsif ($code == 22) { $bold = 0 }
        elsif ($code >= 30 && $code <= 37) { $colour = $palette[$code - 30] }
        elsif ($code == 39) { $colour = $palette[7] }
        elsif ($code >= 90 && $code <= 97) { $colour = $palette[$code - 82] }
        elsif ($code == 38 && @codes && $codes[0] == 5) { shift @codes; $colour = $palette[shift(@codes) % 16] }
    }
}
