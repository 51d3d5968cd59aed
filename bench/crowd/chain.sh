# As many generations as processes, which wait for the end of their input. The last one says "ready".
#   sh chain.sh COUNT 3<&0
# Each makes the next by a new program: the kernel's own cost of a fork grows with the number of ancestors that memory
# is shared with. A background command has no input of its own shell's, so it is passed on as 3.
if [ "$1" -gt 1 ]; then sh "$0" $(($1 - 1)) 3<&3 & else echo ready; fi
read -r line <&3
wait
