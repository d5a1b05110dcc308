# Fetches one file of the WAL from the archives that are named at the end.
# Runs as the restore_command of Postgres. Arguments: the file's name, and the path to put it at.
#
# Written by bpg, and replaced by it without notice.
#
# Exit codes: 1 says that no archive has the file, and the server takes it for the end of the WAL
# unless it finds the file itself. Above 125 it ends the recovery with an error; so whatever else
# goes wrong must not look like the end.

set -u
PATH=${PATH:+$PATH:}/usr/local/bin:/usr/bin:/bin
newline='
'
name=${1-}
target=${2-}

fail() {
  printf 'bpg: cannot restore %s: %s\n' "$name" "$1" >&2
  exit 200
}

need() {
  command -v "$1" >/dev/null 2>&1 || fail "the program $1 is not installed where the server runs"
}

needed() {
  case $1 in
    *.gz) need gzip ;;
    *.zst) need zstd ;;
  esac
}

unpack() {
  case $1 in
    *.gz) gzip -dc < "$1" ;;
    *.zst) zstd -dcq < "$1" ;;
    *) cat < "$1" ;;
  esac
}

# Whether a file is on a timeline and up to a place in the WAL. Names have the timeline in 8 digits;
# those of segments have 16 more for the place.
within() {
  digits=${name%%.*}
  place=${digits#????????}
  timeline=${digits%"$place"}
  [ "$((0x$timeline))" -le "$((0x$1))" ] || return 1
  [ -z "$place" ] || [ "$((0x$place))" -le "$((0x$2))" ]
}

# Arguments: a folder; then, for one that is not to be read to its end, the last timeline and the
# last segment's place.
from() {
  [ -d "$1" ] && [ -r "$1" ] && [ -x "$1" ] || fail "the folder $1 is not there or cannot be read"
  if [ $# -gt 1 ] && ! within "$2" "$3"; then
    return 0
  fi
  for suffix in '' .gz .zst; do
    file=$1/$name$suffix
    [ -e "$file" ] || continue
    needed "$file"
    # What a program says is kept until there is space to say it: the log may be on the same disk.
    said=$({ unpack "$file" > "$target"; } 2>&1) && exit 0
    rm -f "$target"
    said=${said#"$newline"}
    fail "$file is damaged, or its content could not be written${said:+: $said}"
  done
}

[ $# -eq 2 ] || fail "this takes a name and a path, and got $# arguments"
case ${name%%.*} in
  *[!0-9A-F]*) exit 1 ;;
  ???????? | ????????????????????????) ;;
  *) exit 1 ;;
esac
